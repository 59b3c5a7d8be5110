import { defineCheck } from '../model.ts';
import { failsBy, ownWay, target, tried } from './_way.ts';

export default defineCheck({
  id: 'extension-server-slow',
  title: 'the extension server answers within 5 s',
  severity: 'error',
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  explainedBy: ['service-is-kube-apiserver'],
  explain: {
    looksAt: 'a timeout of kube-apiserver, beside a handshake with the same address from this node that comes to its end',
    why: 'The network is sound: the extension server takes connections and does not answer in time. It starves (CPU limit, memory), or waits for something itself: its backend, or reviews that it asks of kube-apiserver.',
    kubernetes:
      'The APIService is `False`: `context deadline exceeded`, `Client.Timeout exceeded while awaiting headers`. Discovery is cut after 5 s, other requests after 60 s.',
    repair: 'See what the extension server waits for: its CPU limit, its log, and what it asks others.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ apiService, failure, dials, egressSelector, proxied }) {
    if (!failsBy(failure, 'timeout') || ownWay(apiService, failure, { dials, egressSelector, proxied }).is !== 'open') return [];
    const { namespace, name } = apiService.service;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: its extension server, ${target(apiService, failure)}, takes connections and does not answer within 5 s.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...tried(dials)],
        fix: {
          text: 'See whether the extension server starves, and what it waits for:',
          commands: [
            `kubectl -n ${namespace} logs service/${name} --tail=50`,
            `kubectl -n ${namespace} describe pods | grep -A6 -i -e limits -e 'last state'`,
          ],
        },
      },
    ];
  },
});
