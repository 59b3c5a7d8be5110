import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { BackendPod } from '../../model.ts';
import { numberIn, portOf, type ServicePort, securePort } from './target-port.ts';
import { fails, serviceOf } from './workload-words.ts';

/** Where a pod says that it listens, when that is elsewhere than where the Service leads; what its arguments say counts before its ports. */
function elsewhere(pod: BackendPod, port: ServicePort): { readonly ports: readonly number[]; readonly evidence: string } | null {
  const target = numberIn(pod, port);
  const told = pod.containers.flatMap((one) => securePort(one) ?? []);
  if (target === null || told.includes(target)) return null;
  if (told.length > 0) return { ports: told, evidence: `arguments of pod ${pod.name}: \`--secure-port=${told[0]}\`` };
  const declared = pod.containers.flatMap(({ ports }) => ports.map((one) => one.port));
  if (declared.length === 0 || declared.includes(target)) return null;
  return { ports: declared, evidence: `ports that the containers of pod ${pod.name} declare: ${list(declared.map(String))}` };
}

export default defineCheck({
  id: 'service-target-port-wrong',
  title: "the extension server listens on the Service's targetPort",
  severity: 'error',
  modes: ['S06'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods'],
  wants: ['route'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt:
      'the targetPort of the Service against `--secure-port` and the ports of the containers, when connections are refused although pods are ready',
    why: 'The port on which an extension server listens changes between versions (metrics-server: 4443, then 10250); the number in the Service is not checked against it.',
    kubernetes: 'The APIService is `False`, `FailedDiscoveryCheck`: `connect: connection refused`.',
    repair: 'Set targetPort to the port on which the extension server listens.',
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
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)} leads to port \`${port.targetPort}\` of its pods, and the extension server listens on \`${list(first.ports.map(String), { word: 'or' })}\`.`,
        at: { object: `Service ${namespace}/${name}`, field: `spec.ports[${index}].targetPort` },
        evidence: [`\`${failure.text}\``, first.evidence, ...(route ? [`it dials the ${route.to}: ${route.evidence}`] : [])],
        fix: {
          text: 'Lead the Service to the port on which the extension server listens:',
          commands: [
            `kubectl -n ${namespace} patch service ${name} --type json -p '[{"op":"replace","path":"/spec/ports/${index}/targetPort","value":${others.length === 0 ? only : 'PORT'}}]'`,
          ],
        },
      },
    ];
  },
});
