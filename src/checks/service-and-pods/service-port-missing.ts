import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-port-missing',
  title: 'the Service has the port that the APIService names',
  severity: 'error',
  modes: ['A08', 'S02'],
  scope: 'apiservice',
  hop: 'Service',
  needs: ['apiService', 'failure', 'backend'],
  causes: { signatures: ['service-port'] },
  explain: {
    looksAt: '`spec.service.port` of the APIService (443 when it names none) among the ports of the Service',
    why: 'kube-apiserver looks the port up in the Service by its number; an APIService without one means 443, whatever the pods listen on.',
    kubernetes: 'The APIService is `False`, `ServicePortError`: `service/NAME in "NAMESPACE" is not listening on port N`.',
    repair: "Set `spec.service.port` to the Service's port; the port of the pods is the Service's targetPort.",
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
        message: `${fails(apiService)}: ${serviceOf(apiService)} has no port \`${port}\`, which \`${apiService.name}\` names.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.service.port' },
        evidence: [`\`${failure.text}\``, `ports of the Service: ${list(service.ports.map(named)) || 'none'}`],
        fix: {
          text:
            more.length > 0
              ? "Name the one of the Service's ports that leads to the extension server; for instance:"
              : "Name the Service's port:",
          commands: [
            `kubectl patch apiservice ${apiService.name} --type merge -p '{"spec":{"service":{"port":${first?.port ?? 443}}}}'`,
            ...(first ? [] : [`kubectl -n ${namespace} edit service ${name}`]),
          ],
        },
      },
    ];
  },
});
