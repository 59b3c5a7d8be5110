import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { isLeftOver } from './apiservice-owner.ts';

export default defineCheck({
  id: 'crd-version-shadowed',
  title: 'no CustomResourceDefinition serves the same group version',
  severity: 'error',
  modes: ['A12'],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'customResources'],
  wants: ['backend'],
  causes: { signatures: ['service-not-found'], symptoms: ['apiservice-stale'] },
  explain: {
    looksAt: "the CustomResourceDefinitions in the APIService's group and the versions that they serve",
    why: 'Only one of the two receives the requests: custom resources of that version cannot be reached although their definition is established.',
    kubernetes:
      'The existing APIService stays: kube-apiserver creates one for a definition only if there is none, and reverts changes to its own. Different versions of one group may be mixed.',
    repair:
      'Delete the APIService if the definition should serve the version. Remove the version from the definition if the extension API server should serve it.',
    mirrors: 'k8s.io/kubernetes, pkg/controlplane/controller/crdregistration/crdregistration_controller.go, v1.37.2',
  },
  run({ apiService, customResources, backend }) {
    const { name, group, version, service } = apiService;
    const definitions = (customResources ?? []).filter(({ servedVersions }) => servedVersions.includes(version));
    if (definitions.length === 0) return [];
    const remove = sh`kubectl delete apiservice ${name}`;
    const names = definitions.map((one) => one.name);
    return [
      {
        message: `Custom resources of ${list(names, { most: 3 })} cannot be reached at \`${group}/${version}\`: the APIService sends all its requests to Service \`${service.namespace}/${service.name}\`.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence: definitions.slice(0, 3).map((one) => `CustomResourceDefinition ${one.name} serves ${list(one.servedVersions)}`),
        fix: isLeftOver(apiService, backend)
          ? {
              text: 'Delete the APIService, because its release was deleted with the namespace of its Service. kube-apiserver immediately creates its own for the definition:',
              commands: [remove],
            }
          : {
              text: `Decide what serves the version. For the definition, delete the APIService (\`${remove}\`); kube-apiserver immediately creates its own. For the extension API server, keep the APIService and remove the version from the definition. Look at both first:`,
              commands: [sh`kubectl get apiservice ${name} -o yaml`, sh`kubectl get crd ${names.slice(0, 3)} -o yaml`],
            },
      },
    ];
  },
});
