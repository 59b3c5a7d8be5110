import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { failsBy, nodePath, target, tried } from './network-path.ts';

export default defineCheck({
  id: 'extension-server-slow',
  title: 'the extension server answers within 5 s',
  severity: 'error',
  modes: ['N10', 'N13', 'Q01', 'Q02'],
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied', 'slowAnswer'],
  causes: { signatures: ['users-unanswered', 'timeout'] },
  explain: {
    looksAt:
      'a timeout of kube-apiserver while a handshake from this node with the same address completes; or several timeouts in a row for users while Available is True; or several good answers that all take 3 s or more',
    why: 'The network works: the extension API server accepts connections but does not answer in time. It lacks CPU or memory, or waits for its backend or for reviews by kube-apiserver.',
    kubernetes:
      'The APIService is `False`: `context deadline exceeded`, `Client.Timeout exceeded while awaiting headers`. Discovery times out after 5 s, other requests after 60 s. If only its reviews wait, Available stays True: the probe is a member of system:masters, whose requests need no review.',
    repair: 'Find out what the extension API server waits for: check its CPU limit, its log and its own requests.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ apiService, failure, dials, egressSelector, proxied, slowAnswer }) {
    const { namespace, name } = apiService.service;
    const logs = sh`kubectl -n ${namespace} logs service/${name} --tail=50`;
    const busy = {
      text: 'Check whether the extension API server lacks CPU or memory, and what it waits for:',
      commands: [logs, sh`kubectl -n ${namespace} describe pods | grep -A6 -i -e limits -e 'last state'`],
    };
    if (!failure && slowAnswer !== null)
      return [
        {
          severity: 'warning',
          message: `\`${apiService.group}/${apiService.version}\` is close to failing for every user: its extension API server takes ${(slowAnswer / 1000).toFixed(1)} s to answer, and kube-apiserver's limit is 5 s.`,
          at: { probe: `GET /apis/${apiService.group}/${apiService.version}` },
          evidence: ['that was the fastest of several equal requests, without the time that kube-apiserver itself takes to answer'],
          fix: busy,
          // Nothing fails yet.
          latent: true,
        },
      ];
    const { is } = failure ? nodePath(failure, { dials, egressSelector, proxied }) : { is: 'unknown' };
    if (failure?.signature === 'users-unanswered' && is !== 'closed')
      return [
        {
          message: `\`${apiService.group}/${apiService.version}\` fails for users: its extension API server, ${target(apiService, failure)}, does not answer them within 5 s, although Available is True.`,
          at: failure.at,
          evidence: [
            `\`${failure.text}\`, at each of several attempts`,
            ...tried(dials),
            "kube-apiserver's probe is a member of system:masters; for all other users the extension API server sends a SubjectAccessReview to kube-apiserver",
          ],
          fix: {
            text: 'Check that the extension API server can reach kube-apiserver (egress NetworkPolicies, CNI and kube-proxy on its node) and how fast it gets answers. If its log shows nothing, the route has just failed and Available follows within 40 s:',
            commands: [
              sh`${{ command: logs }} | grep -i -e authorizer -e subjectaccessreviews -e ':443/api'`,
              sh`kubectl -n ${namespace} get networkpolicies`,
            ],
          },
        },
      ];
    if (!failsBy(failure, 'timeout') || is !== 'open') return [];
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: its extension API server, ${target(apiService, failure)}, accepts connections but does not answer within 5 s.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...tried(dials)],
        fix: busy,
      },
    ];
  },
});
