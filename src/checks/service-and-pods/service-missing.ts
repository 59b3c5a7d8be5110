import { defineCheck } from '../../check.ts';
import { fromNow, list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-missing',
  title: "the APIService's Service exists",
  severity: 'error',
  modes: ['A09', 'A16', 'S01', 'W14'],
  scope: 'apiservice',
  hop: 'Service',
  needs: ['now', 'apiService', 'failure', 'backend'],
  causes: { signatures: ['service-not-found'] },
  explain: {
    looksAt: 'the Service in `spec.service`, its namespace, the other Services there, and the last writer of that field',
    why: 'kube-apiserver finds an extension API server only by this name. A chart that renames its Service, or a deleted namespace, leaves the APIService without a server.',
    kubernetes: 'The APIService is `False`, `ServiceNotFound`, within a second; users get 503, and no namespace can finish deleting.',
    repair: 'Reinstall the extension API server, or set its current Service. Delete the APIService if the API is no longer needed.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ now, apiService, failure, backend }) {
    // Without its namespace, the APIService is the leftover: apiservice-stale.
    if (!failure || failure.inTransition || !backend || backend.service || backend.namespace === 'absent') return [];
    const { namespace, name, port } = apiService.service;
    const around = backend.namespace === 'terminating' ? `; namespace \`${namespace}\` is being deleted` : '';
    const others = backend.others ?? [];
    const [same, ...more] = others.filter(({ ports }) => ports.includes(port));
    const renamed = same && more.length === 0 ? same.name : null;
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)}, to which \`${apiService.name}\` points, does not exist${around}.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.service' },
        evidence: [
          `\`${failure.text}\``,
          ...apiService.managers.service.map(
            (one) => `field manager of spec.service: \`${one.name}\`, which wrote last ${fromNow(one.at, now)}`,
          ),
          ...(others.length > 0
            ? [
                `Services in that namespace: ${list(
                  others.map((one) => `${one.name} (port ${list(one.ports.map(String))})`),
                  { most: 5 },
                )}`,
              ]
            : []),
        ],
        fix: renamed
          ? {
              text: `If the extension API server's Service is now \`${renamed}\` (its certificate must be valid for \`${renamed}.${namespace}.svc\`), set this name. Otherwise reinstall the extension API server:`,
              commands: [
                sh`kubectl -n ${namespace} describe service ${renamed}`,
                sh`kubectl patch apiservice ${apiService.name} --type merge -p ${JSON.stringify({ spec: { service: { name: renamed } } })}`,
              ],
            }
          : {
              text: `Reinstall the extension API server with a Service \`${name}\` in namespace \`${namespace}\`, or correct \`spec.service\`. Delete the APIService only if the API is no longer needed. To see its owner:`,
              commands: [sh`kubectl get apiservice ${apiService.name} -o yaml`, sh`kubectl get services --all-namespaces`],
            },
        effects: ['no namespace in the cluster can finish deleting while this APIService does not serve'],
      },
    ];
  },
});
