/** Who created an APIService, who injects its caBundle, and whether its state has settled. */
import type { ApiService } from '../../model.ts';

const injectors: readonly (readonly [RegExp, string])[] = [
  [/^cert-manager\.io\/inject-(?:ca-from|ca-from-secret|apiserver-ca)$/, "cert-manager's cainjector"],
  [/^service\.(?:beta|alpha)\.openshift\.io\/inject-cabundle$/, "OpenShift's service-ca operator"],
];

/** The annotation that asks a controller to inject the caBundle, and that controller; null: there is none. */
export function injectorOf({ annotations }: ApiService): { readonly who: string; readonly key: string; readonly value: string } | null {
  for (const [key, value] of Object.entries(annotations)) {
    const who = injectors.find(([pattern]) => pattern.test(key))?.[1];
    if (who) return { who, key, value };
  }
  return null;
}

const tools: readonly (readonly [RegExp, string])[] = [
  [/^olm\.owner$/, 'the Operator Lifecycle Manager'],
  [/^argocd\.argoproj\.io\//, 'Argo CD'],
  [/^(?:helm|kustomize)\.toolkit\.fluxcd\.io\/name$/, 'Flux'],
  [/^addonmanager\.kubernetes\.io\/mode$/, "the cluster's addon manager"],
];

/** Who created the APIService and may create it again: each as text, and the namespace of a Helm release (null: not a release). */
export function ownersOf({
  labels,
  annotations,
  owners,
}: ApiService): readonly { readonly words: string; readonly release: string | null }[] {
  const release = annotations['meta.helm.sh/release-name'];
  const namespace = annotations['meta.helm.sh/release-namespace'] ?? '';
  const keys = [...Object.keys(labels), ...Object.keys(annotations)];
  const managers = tools.flatMap(([pattern, who]) => (keys.some((key) => pattern.test(key)) ? [who] : []));
  const others = [...owners.map((owner) => `\`${owner}\``), ...managers];
  return [
    ...(release ? [{ words: `Helm release \`${namespace}/${release}\``, release: namespace }] : []),
    ...others.map((words) => ({ words, release: null })),
  ];
}

/** kube-apiserver refreshes an extension API server's discovery within a minute (kube-aggregator, discoverymanager.go, v1.37), plus a margin. */
const refresh = 75_000;

/** Whether aggregated discovery has had time to follow: the APIService and its condition are old enough. */
export const settled = ({ available, createdAt }: ApiService, now: ApiService['createdAt']): boolean =>
  available !== null && [available.since, createdAt].every((time) => now.getTime() - time.getTime() > refresh);
