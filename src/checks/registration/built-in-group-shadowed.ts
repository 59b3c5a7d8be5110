import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

/** k8s.io/kubernetes, pkg/controlplane/apiserver/aggregator.go and the groups of pkg/apis, v1.37. */
const builtIn = [
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
];

export default defineCheck({
  id: 'built-in-group-shadowed',
  title: "the APIService's group is not a built-in group",
  severity: 'error',
  modes: ['A11'],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService'],
  causes: { symptoms: ['apiservice-unavailable'] },
  explain: {
    looksAt: 'whether a Service is set for a group that kube-apiserver serves itself',
    why: 'The server of a built-in group version receives and answers the requests of every client, the control plane included.',
    kubernetes:
      'kube-apiserver creates an APIService for each built-in group version when it starts, but does not restore one that was changed: requests go to the Service.',
    repair:
      'Delete the APIService: kube-apiserver then serves the group version itself and creates its own APIService when it next starts.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/autoregister/autoregister_controller.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service } }) {
    const isCore = group === '' && version === 'v1';
    if (!isCore && !builtIn.includes(group)) return [];
    const api = isCore ? version : `${group}/${version}`;
    return [
      {
        message: `Every request for the built-in \`${api}\` goes to Service \`${service.namespace}/${service.name}\`: a remote APIService has replaced the built-in one.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        fix: {
          text: 'Find out who created it, because it may be an attack, then delete it. kube-apiserver serves the group version again immediately and lists it again after a restart:',
          commands: [sh`kubectl get apiservice ${name} -o yaml --show-managed-fields`],
          edits: { of: 'apiService', to: 'remove', commands: [sh`kubectl delete apiservice ${name}`] },
        },
        effects: [
          "users and controllers of this group version receive the extension API server's answers and send it their identities and objects",
        ],
      },
    ];
  },
});
