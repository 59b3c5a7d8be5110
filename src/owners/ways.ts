/** Where each owner keeps what it puts back, and the commands that lead there. Pure. */
import type { Command, Owner } from '../model.ts';
import { productNamed, renewalOf } from '../products/index.ts';
import { sh } from '../sh.ts';

export interface Way {
  /** Completes `make the change …`. */
  readonly change: string;
  /** Completes `remove it …`. */
  readonly remove: string;
  readonly commands: readonly Command[];
  /** Those that lead to its removal, where they are others. */
  readonly removal?: readonly Command[];
  /** Of an issuer of serving certificates: how it issues another one, as a sentence that ends in `:`, and the commands. */
  readonly renew?: { readonly text: string; readonly commands: readonly Command[] };
}

const inGit = { remove: 'from its source in Git' };
const offer = (name: string, who: string): Way => ({
  change: `where ${who} offers a setting (resources of metrics-server: ConfigMap \`metrics-server-config\`), or ask its support`,
  remove: `by turning the add-on off, or ask ${who}'s support`,
  commands: [sh`kubectl -n kube-system get configmaps | grep -F ${name}`],
});
/** Who issues a certificate and injects its CA puts back whatever else is written there. */
const issues = (change: string, commands: readonly Command[]): Way => ({
  change,
  remove: change,
  commands,
  renew: {
    text: `it issues this certificate and sets its CA in \`spec.caBundle\` by itself. Find out why it has not, ${change}:`,
    commands,
  },
});

export const ways: Readonly<Record<Owner['kind'], (owner: Owner) => Way>> = {
  'Argo CD': ({ name }) => ({
    change: 'in its source in Git, and sync',
    remove: 'from its source in Git, and sync with pruning',
    commands: [name ? sh`kubectl get applications.argoproj.io -A | grep -F ${name}` : sh`kubectl get applications.argoproj.io -A`],
  }),
  'Flux Kustomization': ({ name, namespace }) => ({
    change: 'in its source in Git',
    ...inGit,
    commands: [sh`kubectl -n ${namespace ?? 'flux-system'} get kustomizations.kustomize.toolkit.fluxcd.io ${name} -o yaml`],
  }),
  'Flux HelmRelease': ({ name, namespace }) => ({
    change: 'in the values of the HelmRelease, in its source in Git',
    ...inGit,
    commands: [sh`kubectl -n ${namespace ?? 'flux-system'} get helmreleases.helm.toolkit.fluxcd.io ${name} -o yaml`],
  }),
  'Config Sync': () => ({
    change: 'in its source of truth',
    remove: 'from its source of truth',
    commands: [sh`kubectl get rootsyncs,reposyncs -A`],
  }),
  // operator-framework/operator-lifecycle-manager, pkg/controller/operators/olm/apiservices.go: by status.certsRotateAt of the version it issues both again.
  OLM: ({ name, namespace }) => {
    const version = sh`kubectl -n ${namespace ?? 'default'} get clusterserviceversion ${name} -o yaml`;
    return {
      change: 'in `spec.config` of its Subscription, or install another version of the operator',
      remove: 'by deleting its Subscription and its ClusterServiceVersion',
      commands: [sh`kubectl -n ${namespace ?? 'default'} get subscriptions.operators.coreos.com`, version],
      renew: {
        text: 'it issues this certificate and its CA, and does so again at `status.certsRotateAt` of the ClusterServiceVersion. Check that olm-operator runs, and what the status says:',
        commands: [version, sh`kubectl get pods -A -l app=olm-operator`],
      },
    };
  },
  'EKS add-on': ({ name }) => {
    const look = sh`aws eks describe-addon --cluster-name CLUSTER --addon-name ${name}`;
    return {
      change: 'in its configuration values (values.json; CLUSTER is the name of the cluster)',
      remove: 'with the add-on, if you no longer need it (CLUSTER is the name of the cluster)',
      commands: [
        look,
        sh`aws eks update-addon --cluster-name CLUSTER --addon-name ${name} --resolve-conflicts PRESERVE --configuration-values file://values.json`,
      ],
      removal: [look],
    };
  },
  // https://learn.microsoft.com/azure/aks/use-metrics-server-vertical-pod-autoscaler: what may be set is set in a ConfigMap.
  'AKS add-on': ({ name }) => offer(name, 'AKS'),
  'GKE add-on': ({ name }) => offer(name, 'GKE'),
  'addon manager': () => ({
    change: 'in its manifest under /etc/kubernetes/addons on every control-plane node',
    remove: 'with its manifest under /etc/kubernetes/addons on every control-plane node',
    commands: [sh`ls /etc/kubernetes/addons    # on a control-plane node`],
  }),
  // https://docs.k3s.io/installation/packaged-components
  'k3s manifest': ({ name }) => ({
    change:
      'in a manifest of your own: k3s writes its packaged manifests again at each start, so disable this one (`disable` in /etc/rancher/k3s/config.yaml) first',
    remove: 'by `disable` in /etc/rancher/k3s/config.yaml on every server node',
    commands: [
      sh`kubectl -n kube-system get addons.k3s.cattle.io ${name} -o yaml`,
      sh`ls /var/lib/rancher/k3s/server/manifests    # on a server node`,
    ],
  }),
  // https://docs.rke2.io/helm
  HelmChart: ({ name, namespace }) => ({
    change: 'in `spec.valuesContent` of a HelmChartConfig of the same name',
    remove: 'by `disable` in config.yaml on every server node',
    commands: [sh`kubectl -n ${namespace ?? 'kube-system'} get helmcharts.helm.cattle.io,helmchartconfigs.helm.cattle.io ${name} -o yaml`],
  }),
  // kubernetes-sigs/metrics-server, charts/metrics-server/templates/apiservice.yaml: genSelfSignedCert, and lookup of the Secret before.
  'Helm release': ({ name, namespace }) => {
    const values = sh`helm -n ${namespace ?? 'default'} get values ${name} --all`;
    return {
      change: 'in the values of the release, and upgrade it',
      remove: 'by an upgrade of the release to what you need, or uninstall the release',
      commands: [sh`helm -n ${namespace ?? 'default'} get values ${name}`],
      renew: {
        text: 'its values say who issues this certificate: the chart itself at each install and upgrade, a Secret of yours, cert-manager, or an operator. A chart that looks its Secret up keeps the certificate in it. See the values, change what is wrong, and upgrade the release:',
        commands: [sh`${{ command: values }} | grep -n -i -A 3 -e tls -e cert`],
      },
    };
  },
  'cert-manager': ({ name, namespace }) => {
    const [kind, object] = name.split('/');
    const find =
      kind === 'certificate' && object
        ? sh`kubectl -n ${namespace ?? 'default'} describe certificate ${object}`
        : sh`kubectl get certificates -A -o wide`;
    return issues('in its Certificate', [find]);
  },
  // https://docs.openshift.com/container-platform/4.17/security/certificates/service-serving-certificate.html: it issues a Secret again that was deleted.
  'service CA': ({ name, namespace }) =>
    issues('in the annotations of the Service, whose Secret it fills again when it is deleted', [
      sh`oc -n ${namespace ?? 'default'} get service ${name} -o jsonpath='{.metadata.annotations}{"\\n"}'`,
      sh`oc get clusteroperator service-ca`,
    ]),
  rotator: ({ namespace }) =>
    issues('in its log', [sh`kubectl -n ${namespace ?? 'default'} get deployments,statefulsets,daemonsets -o wide`]),
  product: ({ name, namespace, release }) => {
    const product = productNamed(name);
    const renew = product && renewalOf(product, namespace ?? 'default');
    const its = 'where it keeps its certificate';
    const commands = [...(release ? ways[release.kind](release).commands : []), ...(renew?.commands ?? [])];
    return { change: its, remove: its, commands, ...(renew && { renew: { text: renew.text, commands } }) };
  },
  operator: ({ name, namespace }) => {
    const [kind = '', object = ''] = name.split('/');
    return {
      change: `in ${kind} \`${object}\`, whose operator manages it`,
      remove: `by ${kind} \`${object}\`, whose operator manages it`,
      commands: [
        namespace ? sh`kubectl -n ${namespace} get ${kind.toLowerCase()} ${object} -o yaml` : sh`kubectl get ${kind.toLowerCase()} -A`,
      ],
    };
  },
};
