/** Which distribution this is, by what it leaves as evidence, and what it lets nobody see. Pure. */
import type { Flags, Unavailable } from '../model.ts';

/** What tells a distribution; whatever is not known is absent. */
export interface Evidence {
  /** `gitVersion` of the server. */
  readonly version?: string | undefined;
  /** URL of the kubeconfig's server. */
  readonly server?: string | undefined;
  /** Where this node's flags were read. */
  readonly file?: string | undefined;
  readonly origin?: Flags['origin'] | undefined;
  /** Labels of some node and of kube-apiserver's mirror pods, and the node's osImage: `name=value`. */
  readonly labels?: readonly string[];
  /** kubeadm's own annotation on its manifest or mirror pod. */
  readonly kubeadm: boolean;
}

interface Mark {
  readonly name: string;
  /** Somebody else runs the control plane, and shows neither its flags nor its files. */
  readonly managed?: true;
  readonly version?: RegExp;
  readonly server?: RegExp;
  readonly file?: RegExp;
  readonly origin?: Flags['origin'];
  readonly label?: RegExp;
  /** Where its flags can be seen instead, when no reader finds them. */
  readonly look?: string;
}

/** The first that matches names it. Of the managed ones the addresses and labels are their makers' own. */
const marks: readonly Mark[] = [
  { name: 'EKS', managed: true, version: /-eks-/, server: /\.eks\.amazonaws\.com(\.cn)?$/, label: /^eks\.amazonaws\.com\// },
  { name: 'GKE', managed: true, version: /-gke\./, label: /^cloud\.google\.com\/gke-/ },
  { name: 'AKS', managed: true, server: /\.azmk8s\.(io|us|cn)$/, label: /^kubernetes\.azure\.com\/cluster=/ },
  { name: 'DOKS', managed: true, server: /\.k8s\.ondigitalocean\.com$/, label: /^doks\.digitalocean\.com\// },
  { name: 'LKE', managed: true, server: /\.linodelke\.net$/, label: /^lke\.linode\.com\// },
  { name: 'IKS', managed: true, version: /\+IKS/, server: /\.containers\.cloud\.ibm\.com$/ },
  {
    name: 'k3s',
    version: /\+k3s/,
    origin: 'k3s configuration',
    look: 'k3s runs kube-apiserver in its own process; on a server node: sudo aggctl doctor',
  },
  { name: 'RKE2', version: /\+rke2/, file: /\/rke2\// },
  {
    name: 'k0s',
    version: /\+k0s/,
    label: /^node\.k0sproject\.io\//,
    look: 'k0s starts kube-apiserver itself; on a controller see spec.api.extraArgs in /etc/k0s/k0s.yaml, and: ps -ww -o args= -C kube-apiserver',
  },
  {
    name: 'MicroK8s',
    file: /^\/var\/snap\/microk8s\//,
    label: /microk8s/,
    look: 'MicroK8s runs kube-apiserver inside kubelite; on a node: sudo aggctl doctor',
  },
  {
    name: 'Talos',
    label: /^(app\.kubernetes\.io\/managed-by=Talos$|osImage=Talos )/,
    look: 'Talos has no shell; see: talosctl get staticpods kube-apiserver -o yaml, and cluster.apiServer of the machine configuration',
  },
  {
    name: 'OpenShift',
    origin: 'OpenShift configuration',
    file: /kube-apiserver-pod\.yaml$/,
    label: /^node\.openshift\.io\//,
    look: 'see: oc -n openshift-kube-apiserver get configmap config; on a control-plane node: sudo aggctl doctor',
  },
  { name: 'kOps', file: /kube-apiserver\.manifest$/, label: /^kops\.k8s\.io\// },
];

const markOf = ({ version, server, file, origin, labels = [] }: Evidence): Mark | undefined => {
  const host = server && URL.canParse(server) ? new URL(server).hostname : undefined;
  const fits = (pattern: RegExp | undefined, text: string | undefined) => text !== undefined && (pattern?.test(text) ?? false);
  return marks.find(
    (mark) =>
      fits(mark.version, version) ||
      fits(mark.server, host) ||
      fits(mark.file, file) ||
      (mark.origin !== undefined && mark.origin === origin) ||
      labels.some((label) => fits(mark.label, label)),
  );
};

/** kubeadm only by its own annotation. null: nothing tells. */
export const distributionOf = (evidence: Evidence): string | null => (evidence.kubeadm ? 'kubeadm' : (markOf(evidence)?.name ?? null));

/** Why no kube-apiserver's flags are seen. A managed control plane has nothing to show, whatever rights are lacking to look. */
export function unseen(evidence: Evidence, otherwise: Unavailable): Unavailable {
  const mark = evidence.kubeadm ? undefined : markOf(evidence);
  const what = "kube-apiserver's flags, certificates and keys";
  if (mark?.managed) return { ok: false, why: 'excluded', message: `${what}: ${mark.name} does not expose them` };
  return otherwise.why === 'excluded' && mark?.look ? { ...otherwise, message: `${what}; ${mark.look}` } : otherwise;
}
