import { defineCheck } from '../../check.ts';
import { fromNow, list } from '../../format.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-missing',
  title: 'the Service that the APIService names exists',
  severity: 'error',
  modes: ['A09', 'A16', 'S01', 'W14'],
  scope: 'apiservice',
  hop: 'Service',
  needs: ['now', 'apiService', 'failure', 'backend'],
  causes: { signatures: ['service-not-found'] },
  explain: {
    looksAt: 'the Service of `spec.service`, its namespace, the other Services there, and who wrote that field last',
    why: 'kube-apiserver finds an extension server by this name alone; a chart that renames its Service, or a namespace that is deleted, leaves the APIService pointing nowhere.',
    kubernetes: 'The APIService is `False`, `ServiceNotFound`, within a second; users get 503, and no namespace can finish deleting.',
    repair:
      'Install the extension server again, or name the Service that it has now. Delete the APIService once nothing is to serve it any more.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ now, apiService, failure, backend }) {
    // With its namespace gone it is the APIService that is left over: apiservice-stale.
    if (!failure || failure.inTransition || !backend || backend.service || backend.namespace === 'absent') return [];
    const { namespace, name, port } = apiService.service;
    const around = backend.namespace === 'terminating' ? `; namespace \`${namespace}\` is being deleted` : '';
    const others = backend.others ?? [];
    const [same, ...more] = others.filter(({ ports }) => ports.includes(port));
    const renamed = same && more.length === 0 ? same.name : null;
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)}, which \`${apiService.name}\` names, does not exist${around}.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.service' },
        evidence: [
          `\`${failure.text}\``,
          ...apiService.managers.service.map(
            (one) => `field manager of spec.service: \`${one.name}\`, which wrote last ${fromNow(one.at, now)}`,
          ),
          ...(others.length > 0
            ? [
                `Services of that namespace: ${list(
                  others.map((one) => `${one.name} (port ${list(one.ports.map(String))})`),
                  { most: 5 },
                )}`,
              ]
            : []),
        ],
        fix: renamed
          ? {
              text: `Where the extension server's Service is now \`${renamed}\` (its certificate must then be for \`${renamed}.${namespace}.svc\`), name it; else install the extension server again:`,
              commands: [
                `kubectl -n ${namespace} describe service ${renamed}`,
                `kubectl patch apiservice ${apiService.name} --type merge -p '{"spec":{"service":{"name":"${renamed}"}}}'`,
              ],
            }
          : {
              text: `Install the extension server again, with a Service \`${name}\` in namespace \`${namespace}\`, or correct \`spec.service\`. Delete the APIService only when nothing is to serve this API any more. See who owns it:`,
              commands: [`kubectl get apiservice ${apiService.name} -o yaml`, 'kubectl get services --all-namespaces'],
            },
        effects: ['no namespace of the cluster can finish deleting while this APIService does not serve'],
      },
    ];
  },
});
