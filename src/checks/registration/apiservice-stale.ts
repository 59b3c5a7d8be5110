import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { ownersOf } from './apiservice-owner.ts';

export default defineCheck({
  id: 'apiservice-stale',
  title: "the namespace of the APIService's Service exists",
  severity: 'error',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'backend'],
  explainedBy: ['crd-version-shadowed'],
  explain: {
    looksAt: 'the namespace of the Service, and who has made the APIService: a Helm release, an operator, an owner of the object',
    why: 'An APIService is no part of any namespace: it stays when its extension server is uninstalled with its namespace, and then keeps every other namespace from being deleted.',
    kubernetes:
      'The APIService is `False`, `ServiceNotFound`. Discovery errors of it stop the garbage collector and the end of namespaces.',
    repair: 'Delete the APIService when nothing is to serve this API any more; else install the extension server again.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, backend }) {
    if (backend?.namespace !== 'absent' || apiService.deleting) return [];
    const { name, service } = apiService;
    const owners = ownersOf(apiService);
    // A Helm release lies in its namespace, and went with it.
    const left = owners.filter(({ release }) => release !== service.namespace);
    const remove = `kubectl delete apiservice ${name}`;
    return [
      {
        message: `\`${name}\` points to Service \`${service.namespace}/${service.name}\`, whose namespace is gone: no namespace can finish deleting while it is there.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence:
          owners.length > 0
            ? owners.map(
                ({ words, release }) => `made by ${words}${release === service.namespace ? ', which went with the namespace' : ''}`,
              )
            : ['nothing on it tells who made it'],
        fix:
          left.length > 0
            ? {
                text: `Ask there first: ${list(left.map(({ words }) => words))} may still want it. Where the API is no longer wanted, uninstall it there, and delete what remains; else install the extension server again, or correct \`spec.service\`:`,
                commands: [remove],
              }
            : {
                text: 'Nobody remains to serve it: delete it. Where the API is still wanted, install the extension server again, or correct `spec.service`, instead:',
                commands: [remove],
              },
        effects: ['namespaces stay in Terminating, and clients get incomplete discovery, until it is gone or served'],
      },
    ];
  },
});
