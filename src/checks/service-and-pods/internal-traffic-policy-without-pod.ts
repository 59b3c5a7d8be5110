import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { isSilent } from './pod-health.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'internal-traffic-policy-without-pod',
  title: 'a Service with internal traffic policy Local has a pod on each control-plane node',
  severity: 'error',
  modes: ['S12'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendEndpoints', 'route', 'flags'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'], symptoms: ['extension-server-no-answer'] },
  explain: {
    looksAt: '`spec.internalTrafficPolicy` of the Service, the nodes of its ready addresses, and the nodes of the kube-apiservers',
    why: 'With `Local`, kube-proxy forwards connections only to pods on the same node. kube-apiserver connects from its own node, where the extension API server rarely runs.',
    kubernetes: 'kube-proxy drops the packets: the APIService is `False`, `FailedDiscoveryCheck`, with a time-out.',
    repair: 'Set `internalTrafficPolicy: Cluster`.',
    mirrors: 'kubernetes/kubernetes, pkg/proxy/topology.go (CategorizeEndpoints), v1.37.2',
  },
  run({ apiService, failure, backend, backendEndpoints, route, flags }) {
    if (!isSilent(failure) || backend?.service?.internalTrafficPolicy !== 'Local' || route?.to !== 'ClusterIP') return [];
    const ready = (backendEndpoints?.addresses ?? []).filter((one) => one.ready);
    const nodes = ready.flatMap(({ node }) => node ?? []);
    const own = flags.map(({ subject }) => subject.name);
    if (ready.length === 0 || nodes.length < ready.length || own.length === 0 || nodes.some((node) => own.includes(node))) return [];
    const { namespace, name } = apiService.service;
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)} has the internal traffic policy \`Local\`, but none of its pods runs on a node of kube-apiserver.`,
        at: { object: `Service ${namespace}/${name}`, field: 'spec.internalTrafficPolicy' },
        evidence: [
          `\`${failure.text}\``,
          `ready pods on ${list([...new Set(nodes)], { most: 3 })}; kube-apiserver on ${list(own, { most: 3 })}`,
          `kube-apiserver dials the ${route.to}: ${route.evidence}`,
        ],
        fix: {
          text: 'Let it forward to pods on every node:',
          edits: {
            of: 'service',
            commands: [sh`kubectl -n ${namespace} patch service ${name} --type merge -p '{"spec":{"internalTrafficPolicy":"Cluster"}}'`],
          },
        },
      },
    ];
  },
});
