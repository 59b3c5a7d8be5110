import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { BackendPod } from '../../model.ts';
import { sh } from '../../sh.ts';
import { numberIn, portOf, type ServicePort, securePort } from './target-port.ts';
import { fails, serviceOf } from './workload-words.ts';

/** The ports on which a pod listens if they differ from the Service's targetPort; its arguments count before its declared ports. */
function elsewhere(pod: BackendPod, port: ServicePort): { readonly ports: readonly number[]; readonly evidence: string } | null {
  const target = numberIn(pod, port);
  const told = pod.containers.flatMap((one) => securePort(one) ?? []);
  if (target === null || told.includes(target)) return null;
  if (told.length > 0) return { ports: told, evidence: `arguments of pod ${pod.name}: \`--secure-port=${told[0]}\`` };
  const declared = pod.containers.flatMap(({ ports }) => ports.map((one) => one.port));
  if (declared.length === 0 || declared.includes(target)) return null;
  return { ports: declared, evidence: `ports declared by the containers of pod ${pod.name}: ${list(declared.map(String))}` };
}

export default defineCheck({
  id: 'service-target-port-wrong',
  title: "the extension API server listens on the Service's targetPort",
  severity: 'error',
  modes: ['S06'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods'],
  wants: ['route'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt:
      "the Service's targetPort, compared with `--secure-port` and the container ports, if connections are refused although pods are ready",
    why: 'The port of an extension API server can change between versions (metrics-server: 4443, then 10250). Kubernetes does not compare it with the number in the Service.',
    kubernetes: 'The APIService is `False`, `FailedDiscoveryCheck`: `connect: connection refused`.',
    repair: 'Set targetPort to the port on which the extension API server listens.',
    mirrors: 'k8s.io/endpointslice, utils.go (getEndpointPorts), v0.37.2; k8s.io/apiserver, pkg/server/options/serving.go, v0.37.2',
  },
  run({ apiService, failure, backend, backendPods, route }) {
    const port = portOf(apiService, backend);
    if (failure?.signature !== 'connection-refused' || failure.inTransition || !port) return [];
    const ready = (backendPods ?? []).filter((pod) => pod.ready);
    const [first, ...more] = ready.map((pod) => elsewhere(pod, port));
    if (!first || more.some((one) => one === null)) return [];
    const { namespace, name } = apiService.service;
    const index = backend?.service?.ports.indexOf(port) ?? 0;
    const [only, ...others] = first.ports;
    const patch = `[{"op":"replace","path":"/spec/ports/${index}/targetPort","value":${others.length === 0 ? only : 'PORT'}}]`;
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)} forwards to port \`${port.targetPort}\` of its pods, but the extension API server listens on \`${list(first.ports.map(String), { word: 'or' })}\`.`,
        at: { object: `Service ${namespace}/${name}`, field: `spec.ports[${index}].targetPort` },
        evidence: [`\`${failure.text}\``, first.evidence, ...(route ? [`it dials the ${route.to}: ${route.evidence}`] : [])],
        fix: {
          text: "Set the Service's targetPort to the port on which the extension API server listens:",
          edits: { of: 'service', commands: [sh`kubectl -n ${namespace} patch service ${name} --type json -p ${patch}`] },
        },
      },
    ];
  },
});
