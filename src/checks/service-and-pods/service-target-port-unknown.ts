import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { isSilent } from './pod-health.ts';
import { numberIn, portOf } from './target-port.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-target-port-unknown',
  title: "a container has the port that the Service's targetPort names",
  severity: 'error',
  modes: ['S06'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'a targetPort that is a name, among the ports of the containers of the pods that the Service selects',
    why: 'A targetPort by name leads nowhere when no container has a port of that name; a chart that renames it on one side only does this.',
    kubernetes:
      'The EndpointSlice lists the pods without that port, and the APIService is `False`, `MissingEndpoints`, though they are ready.',
    repair: 'Set targetPort to the name or the number of the port on which the extension server listens.',
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
    const value = only && more.length === 0 ? (only.name ? `"${only.name}"` : String(only.port)) : 'PORT';
    return [
      {
        message: `${fails(apiService)}: no container behind ${serviceOf(apiService)} has a port named \`${port.targetPort}\`, which its targetPort names.`,
        at: { object: `Service ${namespace}/${name}`, field: `spec.ports[${index}].targetPort` },
        evidence: [
          `\`${failure.text}\``,
          `ports of the containers: ${
            list(
              ports.map((one) => (one.name ? `${one.port} (${one.name})` : String(one.port))),
              { most: 5 },
            ) || 'none is declared'
          }`,
        ],
        fix: {
          text: 'Name the port on which the extension server listens:',
          commands: [
            `kubectl -n ${namespace} patch service ${name} --type json -p '[{"op":"replace","path":"/spec/ports/${index}/targetPort","value":${value}}]'`,
          ],
        },
      },
    ];
  },
});
