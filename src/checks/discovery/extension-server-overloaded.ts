import { defineCheck } from '../../check.ts';
import { failsBy, target } from '../network/network-path.ts';

export default defineCheck({
  id: 'extension-server-overloaded',
  title: 'the extension server turns no requests away for being busy',
  severity: 'error',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'failure'],
  explain: {
    looksAt: 'a 429 in the condition, or one that users get from the extension server again and again',
    why: 'An extension server that serves as many requests as it may turns the others away: it starves, somebody floods it, or its limit is too low.',
    kubernetes:
      'Where the probe gets 429 the APIService is `False`, `bad status … 429`. With the limits of k8s.io/apiserver the probe, as a member of system:masters, is let through: Available stays True while users get 429. kube-apiserver has limits of its own, and its own 429 is never taken for that of an extension server.',
    repair: 'See who asks so much, and what each request waits for; then give the extension server more CPU, replicas or a higher limit.',
    mirrors: 'k8s.io/apiserver, pkg/server/filters/priority-and-fairness.go and maxinflight.go, v0.37.2',
  },
  run({ apiService, failure }) {
    if (!failsBy(failure, 'too-many-requests')) return [];
    const { group, version, available, service } = apiService;
    const spared = available?.status === 'True';
    return [
      {
        message: `\`${group}/${version}\` fails for ${spared ? 'users' : 'every user'}: its extension server, ${target(apiService, failure)}, answers 429 Too Many Requests.`,
        at: failure.at,
        evidence: [
          `\`${failure.text}\``,
          ...(spared
            ? [
                "Available is True all the same: the limits of k8s.io/apiserver spare system:masters, and kube-apiserver's probe is a member",
              ]
            : []),
        ],
        fix: {
          text: 'See who asks so much and what the extension server waits for; then give it CPU or replicas, or raise `--max-requests-inflight`, or the shares of the FlowSchemas that it reads from the cluster:',
          commands: [
            `kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
            `kubectl -n ${service.namespace} describe pods | grep -A6 -i -e limits -e 'last state'`,
            'kubectl get flowschemas,prioritylevelconfigurations',
          ],
        },
      },
    ];
  },
});
