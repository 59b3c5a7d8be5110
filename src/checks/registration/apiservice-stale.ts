import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { around, pointTo, successorOf } from '../service-and-pods/successor.ts';
import { isLeftOver, ownersOf } from './apiservice-owner.ts';

export default defineCheck({
  id: 'apiservice-stale',
  title: "the namespace of the APIService's Service exists",
  severity: 'error',
  modes: ['A17'],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'backend'],
  causes: { signatures: ['service-not-found'] },
  explain: {
    looksAt: "the Service's namespace, and who created the APIService: a Helm release, an operator, or an owner reference",
    why: 'An APIService is cluster-scoped: it remains when its extension API server is deleted together with its namespace. It then blocks the deletion of every other namespace.',
    kubernetes: 'The APIService is `False`, `ServiceNotFound`. Its discovery errors block the garbage collector and namespace deletion.',
    repair: 'Delete the APIService if the API is no longer needed. Otherwise reinstall the extension API server.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, backend }) {
    if (backend?.namespace !== 'absent' || apiService.deleting) return [];
    const { name, service } = apiService;
    const owners = ownersOf(apiService);
    const left = owners.filter(({ release }) => release !== service.namespace);
    const successor = successorOf(apiService, backend.others);
    const remove = sh`kubectl delete apiservice ${name}`;
    return [
      {
        message: `\`${name}\` points to Service \`${service.namespace}/${service.name}\`, whose namespace does not exist: no namespace can finish deleting while this APIService remains.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence: [
          ...(owners.length > 0
            ? owners.map(
                ({ words, release }) =>
                  `created by ${words}${release === service.namespace ? ', which was deleted with the namespace' : ''}`,
              )
            : ['nothing on the object shows who created it']),
          ...around(apiService, backend.others),
        ],
        fix: successor
          ? pointTo(apiService, successor, remove)
          : isLeftOver(apiService, backend)
            ? {
                text: 'Delete the APIService, because nothing serves it. If the API is still needed, reinstall the extension API server or correct `spec.service` instead:',
                commands: [remove],
              }
            : {
                text: `Look first for the Service in another namespace: \`spec.service\` may be wrong. Delete the APIService (\`${remove}\`) only if the API is no longer needed${left.length > 0 ? ` by ${list(left.map(({ words }) => words))}; uninstall it there` : ''}. Otherwise reinstall the extension API server:`,
                commands: [
                  sh`kubectl get services --all-namespaces --field-selector ${`metadata.name=${service.name}`}`,
                  sh`kubectl get apiservice ${name} -o yaml`,
                ],
              },
        effects: ['namespaces stay in Terminating and clients get incomplete discovery until the APIService is deleted or served'],
      },
    ];
  },
});
