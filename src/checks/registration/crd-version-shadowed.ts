import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { ownersOf } from './apiservice-owner.ts';

export default defineCheck({
  id: 'crd-version-shadowed',
  title: 'no CustomResourceDefinition serves the same group version',
  severity: 'error',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'customResources'],
  wants: ['backend'],
  explain: {
    looksAt: "the CustomResourceDefinitions of the APIService's group, and the versions that they serve",
    why: 'One of the two alone gets the requests: custom resources of that version cannot be reached, though their definition is established.',
    kubernetes:
      'The APIService that exists first stays: kube-apiserver makes one for a definition only where there is none, and undoes changes of its own. Different versions of one group may be mixed.',
    repair:
      'Delete the APIService where the definition is to serve the version; take the version out of the definition where the extension server is.',
    mirrors: 'k8s.io/kubernetes, pkg/controlplane/controller/crdregistration/crdregistration_controller.go, v1.37.2',
  },
  run({ apiService, customResources, backend }) {
    const { name, group, version, service } = apiService;
    const definitions = (customResources ?? []).filter(({ servedVersions }) => servedVersions.includes(version));
    if (definitions.length === 0) return [];
    const names = definitions.map((one) => one.name);
    return [
      {
        message: `Custom resources of ${list(names, { most: 3 })} cannot be reached at \`${group}/${version}\`: the APIService sends all its requests to Service \`${service.namespace}/${service.name}\`.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence: definitions.slice(0, 3).map((one) => `CustomResourceDefinition ${one.name} serves ${list(one.servedVersions)}`),
        fix:
          backend?.namespace === 'absent' && ownersOf(apiService).every(({ release }) => release === service.namespace)
            ? {
                text: 'Delete the APIService, whose Service is gone with its namespace; kube-apiserver makes its own for the definition at once:',
                commands: [`kubectl delete apiservice ${name}`],
              }
            : {
                text: 'Decide who is to serve the version. If the definition: delete the APIService; kube-apiserver makes its own at once. If the extension server: leave the APIService, and take the version out of the definition. Look at both first:',
                commands: [`kubectl get apiservice ${name} -o yaml`, `kubectl get crd ${names.slice(0, 3).join(' ')} -o yaml`],
              },
      },
    ];
  },
});
