/** Which distribution this is, by what it leaves as evidence, and what it lets nobody see. Pure. */
import type { Flags, Unavailable } from '../model.ts';
import { distributions } from './all.ts';
import type { Distribution } from './distribution.ts';
import { kubeadm } from './kubeadm.ts';

/** What tells a distribution; whatever is not known is absent. */
export interface Evidence {
  /** `gitVersion` of the server. */
  readonly version?: string | undefined;
  /** URL of the kubeconfig's server. */
  readonly server?: string | undefined;
  /** Where this node's flags were read. */
  readonly file?: string | undefined;
  readonly origin?: Flags['origin'] | undefined;
  /** Certificates that kube-apiserver's flags name. */
  readonly certificates?: readonly string[];
  /** Labels and annotations of some node, labels of kube-apiserver's mirror pods, the node's osImage and providerID: `name=value`. */
  readonly labels?: readonly string[];
  /** kubeadm's own annotation on its manifest or mirror pod. */
  readonly kubeadm: boolean;
}

/** The first of which one mark fits: by kubeadm's annotation only those that run kubeadm, or else kubeadm itself. */
const recognised = (evidence: Evidence): Distribution | undefined => {
  const { version, server, file, origin, certificates = [], labels = [], kubeadm: annotated } = evidence;
  const host = server && URL.canParse(server) ? new URL(server).hostname : undefined;
  const fits = (pattern: RegExp | undefined, text: string | undefined) => text !== undefined && (pattern?.test(text) ?? false);
  const found = distributions.find(
    ({ marks, byKubeadm = false }) =>
      byKubeadm === annotated &&
      (fits(marks.version, version) ||
        fits(marks.server, host) ||
        fits(marks.file, file) ||
        (marks.origin !== undefined && marks.origin === origin) ||
        certificates.some((path) => fits(marks.certificate, path)) ||
        labels.some((label) => fits(marks.label, label))),
  );
  return found ?? (annotated ? kubeadm : undefined);
};

/** Where a node's files can be read, of which these labels are known. */
export function nodeFilesOf(labels: readonly string[], node: string): string {
  const readFile = recognised({ labels, kubeadm: false })?.readFile;
  return readFile ? readFile(node) : 'on its node, run sudo aggctl doctor';
}

/** null: nothing tells. */
export const distributionOf = (evidence: Evidence): string | null => recognised(evidence)?.name ?? null;

/** Why no kube-apiserver's flags are seen. A managed control plane has nothing to show, whatever rights are lacking to look. */
export function unseen(evidence: Evidence, otherwise: Unavailable): Unavailable {
  const distribution = recognised(evidence);
  const what = "kube-apiserver's flags, certificates and keys";
  if (distribution?.managed) return { ok: false, why: 'excluded', message: `${what}: ${distribution.name} does not expose them` };
  return otherwise.why === 'excluded' && distribution?.look ? { ...otherwise, message: `${what}; ${distribution.look}` } : otherwise;
}
