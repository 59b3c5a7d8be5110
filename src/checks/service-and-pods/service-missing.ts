import { defineCheck } from '../../check.ts';
import { fromNow } from '../../format.ts';
import { sh } from '../../sh.ts';
import { around, pointTo, successorOf } from './successor.ts';
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
    const { namespace, name } = apiService.service;
    const leaving = backend.namespace === 'terminating' ? `; namespace \`${namespace}\` is being deleted` : '';
    const successor = successorOf(apiService, backend.others);
    const going = backend.namespace === 'terminating';
    const remove = sh`kubectl delete apiservice ${apiService.name}`;
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)}, to which \`${apiService.name}\` points, does not exist${leaving}.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.service' },
        evidence: [
          `\`${failure.text}\``,
          ...apiService.managers.service.map(
            (one) => `field manager of spec.service: \`${one.name}\`, which wrote last ${fromNow(one.at, now)}`,
          ),
          ...around(apiService, backend.others),
        ],
        fix: successor
          ? pointTo(apiService, successor, remove)
          : going
            ? {
                text: 'Delete the APIService, because its namespace is being deleted. If the API is still needed, reinstall the extension API server elsewhere and correct `spec.service` instead:',
                edits: { of: 'apiService', to: 'remove', commands: [remove] },
              }
            : {
                text: `Find out whether the extension API server was removed or renamed. If it was removed for good, delete the APIService (\`${remove}\`). Otherwise reinstall it with a Service \`${name}\` in namespace \`${namespace}\`, or correct \`spec.service\`. To see who created the APIService, and whether the Service is in another namespace:`,
                commands: [
                  sh`kubectl get apiservice ${apiService.name} -o yaml`,
                  sh`kubectl get services --all-namespaces --field-selector ${`metadata.name=${name}`}`,
                ],
              },
        effects: ['no namespace in the cluster can finish deleting while this APIService does not serve'],
      },
    ];
  },
});
