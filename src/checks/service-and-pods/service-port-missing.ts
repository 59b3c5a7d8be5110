import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-port-missing',
  title: "the Service has the APIService's port",
  severity: 'error',
  modes: ['A08', 'S02'],
  scope: 'apiservice',
  hop: 'Service',
  needs: ['apiService', 'failure', 'backend'],
  causes: { signatures: ['service-port'] },
  explain: {
    looksAt: '`spec.service.port` of the APIService (default 443) among the ports of the Service',
    why: 'kube-apiserver finds the port in the Service by its number. An APIService without a port means 443, whatever port the pods listen on.',
    kubernetes: 'The APIService is `False`, `ServicePortError`: `service/NAME in "NAMESPACE" is not listening on port N`.',
    repair: "Set `spec.service.port` to the Service's port; the pods' port is the Service's targetPort.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, backend }) {
    const service = backend?.service;
    if (!failure || failure.inTransition || !service || service.type === 'ExternalName') return [];
    const { namespace, name, port } = apiService.service;
    if (service.ports.some((one) => one.port === port)) return [];
    const [first, ...more] = service.ports;
    const named = ({ name: its, port: number }: { name: string; port: number }) => (its ? `${number} (${its})` : String(number));
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)} has no port \`${port}\`, which \`${apiService.name}\` uses.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.service.port' },
        evidence: [`\`${failure.text}\``, `ports of the Service: ${list(service.ports.map(named)) || 'none'}`],
        fix: {
          text: more.length > 0 ? "Set the Service's port that leads to the extension API server, for example:" : "Set the Service's port:",
          edits: {
            of: 'apiService',
            commands: [
              sh`kubectl patch apiservice ${apiService.name} --type merge -p ${JSON.stringify({ spec: { service: { port: first?.port ?? 443 } } })}`,
              ...(first ? [] : [sh`kubectl -n ${namespace} edit service ${name}`]),
            ],
          },
        },
      },
    ];
  },
});
