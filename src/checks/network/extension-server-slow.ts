import { defineCheck } from '../../check.ts';
import { failsBy, ownWay, target, tried } from './network-path.ts';

export default defineCheck({
  id: 'extension-server-slow',
  title: 'the extension server answers within 5 s',
  severity: 'error',
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  explainedBy: ['service-is-kube-apiserver'],
  explain: {
    looksAt:
      'a timeout of kube-apiserver, beside a handshake with the same address from this node that comes to its end; or several timeouts of users in a row, while Available is True',
    why: 'The network is sound: the extension server takes connections and does not answer in time. It starves (CPU limit, memory), or waits for something itself: its backend, or reviews that it asks of kube-apiserver.',
    kubernetes:
      'The APIService is `False`: `context deadline exceeded`, `Client.Timeout exceeded while awaiting headers`. Discovery is cut after 5 s, other requests after 60 s. Where only its reviews wait Available stays True: the probe is a member of system:masters, of whom nobody asks what they may do.',
    repair: 'See what the extension server waits for: its CPU limit, its log, and what it asks others.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ apiService, failure, dials, egressSelector, proxied }) {
    const { namespace, name } = apiService.service;
    const logs = `kubectl -n ${namespace} logs service/${name} --tail=50`;
    const { is } = failure ? ownWay(apiService, failure, { dials, egressSelector, proxied }) : { is: 'unknown' };
    if (failure?.signature === 'users-unanswered' && is !== 'closed')
      return [
        {
          message: `\`${apiService.group}/${apiService.version}\` fails for users: its extension server, ${target(apiService, failure)}, leaves them without an answer for 5 s, though Available is True.`,
          at: failure.at,
          evidence: [
            `\`${failure.text}\`, each of several times`,
            ...tried(dials),
            "kube-apiserver's probe is a member of system:masters; of everybody else an extension server asks kube-apiserver what he may do",
          ],
          fix: {
            text: 'See whether the extension server reaches kube-apiserver (NetworkPolicies for egress, CNI and kube-proxy of its node), and how fast that answers it. Where nothing is in its log, the way there has just broken, and Available follows within 40 s:',
            commands: [
              `${logs} | grep -i -e authorizer -e subjectaccessreviews -e ':443/api'`,
              `kubectl -n ${namespace} get networkpolicies`,
            ],
          },
        },
      ];
    if (!failsBy(failure, 'timeout') || is !== 'open') return [];
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: its extension server, ${target(apiService, failure)}, takes connections and does not answer within 5 s.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...tried(dials)],
        fix: {
          text: 'See whether the extension server starves, and what it waits for:',
          commands: [logs, `kubectl -n ${namespace} describe pods | grep -A6 -i -e limits -e 'last state'`],
        },
      },
    ];
  },
});
