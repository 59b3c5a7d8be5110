/** What an owner is called, and how something of its is changed. Pure. */
import type { Command, Fix, Owner } from '../model.ts';
import { sh } from '../sh.ts';

/** As part of a sentence. */
export function named({ kind, name, namespace }: Owner): string {
  const object = namespace ? `\`${namespace}/${name}\`` : `\`${name}\``;
  const among: Partial<Record<Owner['kind'], string>> = {
    'Argo CD': name ? `the Argo CD Application ${object}` : 'Argo CD',
    'Flux Kustomization': `the Flux Kustomization ${object}`,
    'Flux HelmRelease': `the Flux HelmRelease ${object}`,
    'Config Sync': 'Config Sync',
    OLM: `the Operator Lifecycle Manager (${object})`,
    'EKS add-on': `the EKS add-on ${object}`,
    'AKS add-on': `AKS (add-on ${object})`,
    'GKE add-on': `GKE (add-on ${object})`,
    'addon manager': "the cluster's addon manager",
    'k3s manifest': `k3s (manifest ${object})`,
    HelmChart: `the HelmChart ${object}`,
    'Helm release': `Helm release ${object}`,
  };
  return among[kind] ?? object;
}

interface Way {
  /** Where the change is made instead; completes `make the change …`. */
  readonly where: string;
  readonly commands: readonly Command[];
}
/** Where each keeps what it puts back, and the commands that lead there. */
const ways: Readonly<Record<Owner['kind'], (owner: Owner) => Way>> = {
  'Argo CD': ({ name }) => ({
    where: 'in its source in Git, and sync',
    commands: [name ? sh`kubectl get applications.argoproj.io -A | grep -F ${name}` : sh`kubectl get applications.argoproj.io -A`],
  }),
  'Flux Kustomization': ({ name, namespace }) => ({
    where: 'in its source in Git',
    commands: [sh`kubectl -n ${namespace ?? 'flux-system'} get kustomizations.kustomize.toolkit.fluxcd.io ${name} -o yaml`],
  }),
  'Flux HelmRelease': ({ name, namespace }) => ({
    where: 'in the values of the HelmRelease, in its source in Git',
    commands: [sh`kubectl -n ${namespace ?? 'flux-system'} get helmreleases.helm.toolkit.fluxcd.io ${name} -o yaml`],
  }),
  'Config Sync': () => ({ where: 'in its source of truth', commands: [sh`kubectl get rootsyncs,reposyncs -A`] }),
  OLM: ({ name, namespace }) => ({
    where: 'in `spec.config` of its Subscription, or install another version of the operator',
    commands: [
      sh`kubectl -n ${namespace ?? 'default'} get subscriptions.operators.coreos.com`,
      sh`kubectl -n ${namespace ?? 'default'} get clusterserviceversion ${name} -o yaml`,
    ],
  }),
  'EKS add-on': ({ name }) => ({
    where: 'in its configuration values (values.json; CLUSTER is the name of the cluster)',
    commands: [
      sh`aws eks describe-addon --cluster-name CLUSTER --addon-name ${name}`,
      sh`aws eks update-addon --cluster-name CLUSTER --addon-name ${name} --resolve-conflicts PRESERVE --configuration-values file://values.json`,
    ],
  }),
  // https://learn.microsoft.com/azure/aks/use-metrics-server-vertical-pod-autoscaler: what may be set is set in a ConfigMap.
  'AKS add-on': ({ name }) => ({
    where: `where AKS offers a setting (resources of metrics-server: ConfigMap \`metrics-server-config\`), or ask Azure support`,
    commands: [sh`kubectl -n kube-system get configmaps | grep -F ${name}`],
  }),
  'GKE add-on': ({ name }) => ({
    where: `where GKE offers a setting (resources of metrics-server: ConfigMap \`metrics-server-config\`), or ask Google Cloud support`,
    commands: [sh`kubectl -n kube-system get configmaps | grep -F ${name}`],
  }),
  'addon manager': () => ({
    where: 'in its manifest under /etc/kubernetes/addons on every control-plane node',
    commands: [sh`ls /etc/kubernetes/addons    # on a control-plane node`],
  }),
  'k3s manifest': ({ name }) => ({
    where: `in a manifest of your own: k3s writes its packaged manifests again at each start, so disable this one (\`disable\` in /etc/rancher/k3s/config.yaml) first`,
    commands: [
      sh`kubectl -n kube-system get addons.k3s.cattle.io ${name} -o yaml`,
      sh`ls /var/lib/rancher/k3s/server/manifests    # on a server node`,
    ],
  }),
  HelmChart: ({ name, namespace }) => ({
    where: 'in `spec.valuesContent` of a HelmChartConfig of the same name',
    commands: [sh`kubectl -n ${namespace ?? 'kube-system'} get helmcharts.helm.cattle.io,helmchartconfigs.helm.cattle.io ${name} -o yaml`],
  }),
  'Helm release': ({ name, namespace }) => ({
    where: 'in the values of the release, and upgrade it',
    commands: [sh`helm -n ${namespace ?? 'default'} get values ${name}`],
  }),
  operator: ({ name, namespace }) => {
    const [kind = '', object = ''] = name.split('/');
    return {
      where: `in ${kind} \`${object}\`, whose operator manages it`,
      commands: [
        namespace ? sh`kubectl -n ${namespace} get ${kind.toLowerCase()} ${object} -o yaml` : sh`kubectl get ${kind.toLowerCase()} -A`,
      ],
    };
  },
};

/** The fix with the commands that edit by hand; of an owned object in the terms of its owner. */
export function inTermsOf(
  owner: Owner | null,
  { text, commands = [], edits }: Fix,
): { readonly text: string; readonly commands: readonly Command[] } {
  if (!edits) return { text, commands };
  if (!owner) return { text, commands: [...commands, ...edits.commands] };
  const way = ways[owner.kind](owner);
  const undone = owner.kind === 'Helm release' ? 'overwrites with its next upgrade' : 'undoes';
  return {
    text: `${text.replace(/[:.]$/, '')}. ${named(owner).replace(/^t/, 'T')} ${undone} what is edited by hand: make the change ${way.where}:`,
    commands: [...commands, ...way.commands],
  };
}
