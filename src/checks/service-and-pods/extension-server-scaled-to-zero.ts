import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { isSilent } from './pod-health.ts';
import { fails, serviceOf } from './workload-words.ts';
import { makesPodsFor } from './workloads.ts';

export default defineCheck({
  id: 'extension-server-scaled-to-zero',
  title: 'the extension API server has a replica',
  severity: 'error',
  modes: ['S19'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods', 'backendWorkloads'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: '`spec.replicas` of the workload whose pods the Service selects, if there are no pods',
    why: 'While an extension API server is scaled to zero, by hand or by a schedule, its API fails for every user and no namespace can be deleted.',
    kubernetes: 'The APIService is `False`, `MissingEndpoints`.',
    repair: 'Scale it up.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, backend, backendPods, backendWorkloads }) {
    if (!isSilent(failure) || !backendPods || backendPods.length > 0) return [];
    const makers = makesPodsFor(backend, backendWorkloads);
    if (makers.length === 0 || makers.some(({ replicas }) => replicas !== 0)) return [];
    const { namespace } = apiService.service;
    return makers.slice(0, 1).map(({ name }) => ({
      message: `${fails(apiService)}: \`${name}\`, the workload behind ${serviceOf(apiService)}, is scaled to zero.`,
      at: { object: `${name} in ${namespace}`, field: 'spec.replicas' },
      evidence: [`\`${failure.text}\``, 'spec.replicas: 0'],
      fix: {
        text: 'Scale it up. If a schedule, an operator or GitOps scaled it down, change it there:',
        edits: { of: 'workload', commands: [sh`kubectl -n ${namespace} scale ${name} --replicas=1`] },
      },
    }));
  },
});
