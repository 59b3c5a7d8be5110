import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { isSilent } from './pod-health.ts';
import { portOf } from './target-port.ts';
import { fails, serviceOf } from './workload-words.ts';

const quoted = (name: string) => (name === '' ? 'no name' : `\`${name}\``);

export default defineCheck({
  id: 'endpoint-port-name-mismatch',
  title: "manually managed EndpointSlices use the Service's port name",
  severity: 'error',
  modes: ['S07'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendEndpoints'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'the port names in the EndpointSlices of a Service without a selector',
    why: "kube-apiserver and kube-proxy find the Service's port in a slice by its name, not by its number.",
    kubernetes: 'The APIService is `False`, `MissingEndpoints`: `… have no addresses with port name "NAME"`, although there are addresses.',
    repair: "Set the name of the slice's port to the name of the Service's port.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, backend, backendEndpoints }) {
    const port = portOf(apiService, backend);
    if (!isSilent(failure) || !port || backend?.service?.selector || !backendEndpoints) return [];
    const ready = backendEndpoints.addresses.filter((one) => one.ready);
    const [first] = ready;
    if (!first || ready.some(({ ports }) => ports.some(({ name }) => name === port.name))) return [];
    const { namespace } = apiService.service;
    const names = [...new Set(ready.flatMap(({ ports }) => ports.map((one) => one.name)))];
    return [
      {
        message: `${fails(apiService)}: port ${port.port} of ${serviceOf(apiService)} has ${port.name === '' ? 'no name' : `the name ${quoted(port.name)}`}, but ${names.length === 0 ? 'its EndpointSlice has no port' : `the port in its EndpointSlice has ${list(names.map(quoted))}`}.`,
        at: { object: `EndpointSlice ${namespace}/${first.slice}`, field: 'ports' },
        evidence: [
          `\`${failure.text}\``,
          `ready addresses: ${list(
            ready.map(({ address }) => address),
            { most: 3 },
          )}`,
        ],
        fix: {
          text: 'Set the name of the port in the EndpointSlice to the name in the Service:',
          edits: {
            of: 'service',
            commands: [
              sh`kubectl -n ${namespace} patch endpointslice ${first.slice} --type json -p ${JSON.stringify([{ op: 'add', path: '/ports/0/name', value: port.name }])}`,
            ],
          },
        },
      },
    ];
  },
});
