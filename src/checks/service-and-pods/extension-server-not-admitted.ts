import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { refusalIn } from './admission-refusals.ts';
import { isSilent } from './pod-health.ts';
import { fails, serviceOf } from './workload-words.ts';
import { makesPodsFor } from './workloads.ts';

export default defineCheck({
  id: 'extension-server-not-admitted',
  title: "kube-apiserver admits the extension API server's pods",
  severity: 'error',
  modes: ['S15', 'E12', 'W16'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods', 'backendWorkloads'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'the condition ReplicaFailure or the events FailedCreate of the workload whose pods the Service selects, if there are no pods',
    why: "A quota, the namespace's PodSecurity level, a missing ServiceAccount or an admission webhook prevents the creation of pods, so no pod shows the reason. A webhook whose own server is behind the same Service or APIService blocks both permanently.",
    kubernetes:
      'The APIService is `False`, `MissingEndpoints`. The ReplicaSet has an event `FailedCreate`, and the Deployment the condition ReplicaFailure.',
    repair: 'Fix the cause in the message.',
    mirrors: 'kubernetes/kubernetes, pkg/controller/replicaset/replica_set.go, v1.37.2',
  },
  run({ apiService, failure, backend, backendPods, backendWorkloads }) {
    if (!isSilent(failure) || !backendPods || backendPods.length > 0) return [];
    const { namespace } = apiService.service;
    return makesPodsFor(backend, backendWorkloads).flatMap(({ name, replicas, refused }) => {
      if (refused === null || replicas === 0) return [];
      const known = refusalIn(refused, apiService, name);
      return [
        {
          message: `${fails(apiService)}: the pods of \`${name}\`, behind ${serviceOf(apiService)}, are not admitted: ${known?.because ?? 'kube-apiserver rejects them'}.`,
          at: { object: `${name} in ${namespace}`, field: 'status.conditions[ReplicaFailure]' },
          evidence: [`\`${refused.replace(/\s+/g, ' ').trim()}\``],
          fix: known?.fix ?? {
            text: 'Fix the cause in the message:',
            commands: [
              sh`kubectl -n ${namespace} describe ${name}`,
              sh`kubectl -n ${namespace} get events --field-selector reason=FailedCreate`,
            ],
          },
        },
      ];
    });
  },
});
