/** Who owns an object, by what its owner leaves on it. Pure. */
import type { Owner } from '../model.ts';

/** What is read of an object's metadata. */
export interface Marks {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Names of field managers. */
  readonly managers: readonly string[];
  /** `KIND/NAME` of its owner references. */
  readonly owners: readonly string[];
}
interface Around {
  /** Who puts back what the addon manager reconciles. */
  readonly addOns: Owner['kind'];
  /** Releases in kube-system that the distribution installs by HelmChart objects; null: none. */
  readonly packagedCharts: RegExp | null;
  /** What the add-on is called if no label names it: the name of the Service. */
  readonly name: string;
}

/** In the order in which they win: who keeps the release of another stands before it. */
const rows: readonly ((marks: Marks, around: Around) => Owner | null)[] = [
  // https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/: APPLICATION:GROUP/KIND:NAMESPACE/NAME.
  ({ labels, annotations }) => {
    const name = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0] ?? labels['argocd.argoproj.io/instance'];
    return name || keysOf(labels, annotations).some((key) => key.startsWith('argocd.argoproj.io/'))
      ? { kind: 'Argo CD', name: name ?? '', namespace: null }
      : null;
  },
  // https://fluxcd.io/flux/components/kustomize/kustomizations/ and …/helm/helmreleases/: labels of what they apply.
  ({ labels }) =>
    labelled('Flux Kustomization', labels['kustomize.toolkit.fluxcd.io/name'], labels['kustomize.toolkit.fluxcd.io/namespace']),
  ({ labels }) => labelled('Flux HelmRelease', labels['helm.toolkit.fluxcd.io/name'], labels['helm.toolkit.fluxcd.io/namespace']),
  // https://cloud.google.com/kubernetes-engine/config-sync/docs/reference/annotations-reference.
  ({ annotations, labels }) =>
    annotations['configmanagement.gke.io/managed'] === 'enabled' || annotations['configsync.gke.io/resource-id'] !== undefined
      ? { kind: 'Config Sync', name: labels['app.kubernetes.io/instance'] ?? '', namespace: null }
      : null,
  // operator-framework/operator-lifecycle-manager, pkg/lib/ownerutil/util.go.
  ({ labels }) => labelled('OLM', labels['olm.owner'], labels['olm.owner.namespace']),
  // https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-field-management.html: field manager `eks`.
  ({ labels, managers }, { name }) =>
    managers.includes('eks') || labels['app.kubernetes.io/managed-by'] === 'EKS'
      ? { kind: 'EKS add-on', name: labels['app.kubernetes.io/instance'] ?? labels['app.kubernetes.io/name'] ?? name, namespace: null }
      : null,
  // kubernetes/kubernetes, cluster/addons/addon-manager/README.md: Reconcile is put back, EnsureExists may be edited.
  ({ labels, annotations, managers }, { addOns, name }) => {
    if (labels['kubernetes.azure.com/managedby'] === 'aks') return { kind: 'AKS add-on', name, namespace: null };
    const gke = annotations['components.gke.io/component-name'];
    if (gke !== undefined) return { kind: 'GKE add-on', name: gke, namespace: null };
    const isReconciled = labels['addonmanager.kubernetes.io/mode'] === 'Reconcile' || managers.includes('kube-addon-manager');
    return isReconciled ? { kind: addOns, name, namespace: null } : null;
  },
  // rancher/wrangler, pkg/apply/apply.go; https://docs.k3s.io/installation/packaged-components.
  ({ annotations }) =>
    /^k3s\.cattle\.io\/\S+, Kind=Addon$/.test(annotations['objectset.rio.cattle.io/owner-gvk'] ?? '')
      ? { kind: 'k3s manifest', name: annotations['objectset.rio.cattle.io/owner-name'] ?? '', namespace: null }
      : null,
  ({ annotations }) => {
    const [kind = '', name] = [
      /Kind=(\w+)$/.exec(annotations['objectset.rio.cattle.io/owner-gvk'] ?? '')?.[1],
      annotations['objectset.rio.cattle.io/owner-name'],
    ];
    return kind && name
      ? { kind: 'operator', name: `${kind}/${name}`, namespace: annotations['objectset.rio.cattle.io/owner-namespace'] || null }
      : null;
  },
  // https://docs.rke2.io/helm: k3s and RKE2 install their charts in kube-system by HelmChart objects of the release's name.
  ({ annotations }, { packagedCharts }) => {
    const release = releaseOf(annotations);
    return release?.namespace === 'kube-system' && packagedCharts?.test(release.name) ? { ...release, kind: 'HelmChart' } : null;
  },
  ({ annotations }) => releaseOf(annotations),
  ({ owners }) => {
    const name = owners.find((owner) => !ofKubernetes.has(owner.split('/')[0] ?? ''));
    return name === undefined ? null : { kind: 'operator', name, namespace: null };
  },
];

/** https://helm.sh/docs/chart_best_practices/labels/ and Helm, pkg/action/validate.go. */
function releaseOf(annotations: Marks['annotations']): Owner | null {
  const name = annotations['meta.helm.sh/release-name'];
  return name ? { kind: 'Helm release', name, namespace: annotations['meta.helm.sh/release-namespace'] ?? '' } : null;
}
const labelled = (kind: Owner['kind'], name: string | undefined, namespace: string | undefined): Owner | null =>
  name ? { kind, name, namespace: namespace ?? null } : null;
const keysOf = (...all: readonly Readonly<Record<string, string>>[]) => all.flatMap((one) => Object.keys(one));
/** Owners that Kubernetes itself makes of what somebody else has made. */
const ofKubernetes = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Node', 'Service']);

/** Each owner that left marks on it, the one that wins first. */
export const ownersAmong = (marks: Marks, around: Around): readonly Owner[] => rows.flatMap((row) => row(marks, around) ?? []);
export const ownerOf = (marks: Marks, around: Around): Owner | null => ownersAmong(marks, around)[0] ?? null;
