import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { failsBy, target } from '../network/network-path.ts';

export default defineCheck({
  id: 'extension-server-overloaded',
  title: 'the extension API server has capacity for its requests',
  severity: 'error',
  modes: ['Q03'],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'failure'],
  causes: { signatures: ['too-many-requests'] },
  explain: {
    looksAt: 'a 429 in the condition, or repeated 429 answers to users from the extension API server',
    why: 'An extension API server at its concurrency limit rejects further requests: it lacks CPU, a client floods it, or its limit is too low.',
    kubernetes:
      'If the probe gets 429, the APIService is `False`, `bad status … 429`. The limits of k8s.io/apiserver exempt the probe, a member of system:masters: Available stays True while users get 429. kube-apiserver has its own limits; its 429 is not attributed to an extension API server.',
    repair:
      'Find out which clients send so many requests and what each request waits for. Then give the extension API server more CPU, more replicas or a higher limit.',
    mirrors: 'k8s.io/apiserver, pkg/server/filters/priority-and-fairness.go and maxinflight.go, v0.37.2',
  },
  run({ apiService, failure }) {
    if (!failsBy(failure, 'too-many-requests')) return [];
    const { group, version, available, service } = apiService;
    const spared = available?.status === 'True';
    return [
      {
        message: `\`${group}/${version}\` fails for ${spared ? 'users' : 'every user'}: its extension API server, ${target(apiService, failure)}, returns 429 Too Many Requests.`,
        at: failure.at,
        evidence: [
          `\`${failure.text}\``,
          ...(spared
            ? ["Available is still True: the limits of k8s.io/apiserver exempt system:masters, and kube-apiserver's probe is a member"]
            : []),
        ],
        fix: {
          text: 'Find out which clients send so many requests and what the extension API server waits for. Then give it more CPU or replicas, or raise `--max-requests-inflight` or the shares of its PriorityLevelConfigurations:',
          commands: [
            sh`kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
            sh`kubectl -n ${service.namespace} describe pods | grep -A6 -i -e limits -e 'last state'`,
            sh`kubectl get flowschemas,prioritylevelconfigurations`,
          ],
        },
      },
    ];
  },
});
