import { defineCheck } from '../../check.ts';

/** k8s.io/kubernetes, pkg/controlplane/apiserver/aggregator.go and the groups of pkg/apis, v1.37. */
const builtIn = [
  '',
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
  title: "the APIService's group is not one of kube-apiserver's own",
  severity: 'error',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService'],
  explain: {
    looksAt: 'whether a Service is to serve a group that kube-apiserver serves itself',
    why: 'Whoever serves a built-in group version sees and answers what everybody, the control plane included, asks of it.',
    kubernetes:
      'The APIService that kube-apiserver makes at its start for each built-in group version is left as it is when somebody has changed it: requests go to the Service.',
    repair: 'Delete the APIService: kube-apiserver then serves the group version itself, and makes its own APIService at its next start.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/autoregister/autoregister_controller.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service } }) {
    if (!builtIn.includes(group)) return [];
    const api = group === '' ? version : `${group}/${version}`;
    return [
      {
        message: `Every request for \`${api}\`, which is kube-apiserver's own, goes to Service \`${service.namespace}/${service.name}\`: a remote APIService has taken its place.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        fix: {
          text: 'See who made it, for it may be an attack; then delete it. kube-apiserver serves the group version itself at once, and lists it again once it is restarted:',
          commands: [`kubectl get apiservice ${name} -o yaml --show-managed-fields`, `kubectl delete apiservice ${name}`],
        },
        effects: [
          'users and controllers of this group version get what the extension server answers, and send it their identities and objects',
        ],
      },
    ];
  },
});
