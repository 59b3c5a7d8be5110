import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { isSilent } from './pod-health.ts';
import { numberIn, portOf } from './target-port.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-target-port-unknown',
  title: "a container has the port named in the Service's targetPort",
  severity: 'error',
  modes: ['S06'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'a named targetPort, among the container ports of the pods that the Service selects',
    why: 'A named targetPort has no effect if no container has a port with that name, for example after a chart renamed it on one side only.',
    kubernetes:
      'The EndpointSlice lists the pods without that port, and the APIService is `False`, `MissingEndpoints`, although they are ready.',
    repair: 'Set targetPort to the name or number of the port on which the extension API server listens.',
    mirrors: 'k8s.io/endpointslice, utils.go (getEndpointPorts), v0.37.2',
  },
  run({ apiService, failure, backend, backendPods }) {
    const port = portOf(apiService, backend);
    if (!isSilent(failure) || !port || typeof port.targetPort === 'number' || !backendPods || backendPods.length === 0) return [];
    if (backendPods.some((pod) => numberIn(pod, port) !== null)) return [];
    const { namespace, name } = apiService.service;
    const ports = [
      ...new Map(backendPods.flatMap(({ containers }) => containers.flatMap((one) => one.ports)).map((one) => [one.port, one])).values(),
    ];
    const index = backend?.service?.ports.indexOf(port) ?? 0;
    const [only, ...more] = ports;
    const value = only && more.length === 0 ? JSON.stringify(only.name || only.port) : 'PORT';
    const patch = `[{"op":"replace","path":"/spec/ports/${index}/targetPort","value":${value}}]`;
    return [
      {
        message: `${fails(apiService)}: no container behind ${serviceOf(apiService)} has a port named \`${port.targetPort}\`, its targetPort.`,
        at: { object: `Service ${namespace}/${name}`, field: `spec.ports[${index}].targetPort` },
        evidence: [
          `\`${failure.text}\``,
          `ports of the containers: ${
            list(
              ports.map((one) => (one.name ? `${one.port} (${one.name})` : String(one.port))),
              { most: 5 },
            ) || 'none declared'
          }`,
        ],
        fix: {
          text: 'Set the port on which the extension API server listens:',
          edits: { of: 'service', commands: [sh`kubectl -n ${namespace} patch service ${name} --type json -p ${patch}`] },
        },
      },
    ];
  },
});
