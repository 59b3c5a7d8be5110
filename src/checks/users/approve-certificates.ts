/** How kubelets without a serving certificate get one. */
import { capitalized, list } from '../../format.ts';
import type { Fix, PendingCertificate } from '../../model.ts';
import { sh } from '../../sh.ts';

/** So many requests for certificates are named; more are approved by whoever has looked at the list. */
const few = 5;

/** `next`: what to do, in the imperative. Only requests that kubelets have made are approved, and only after a look: who signs a name vouches for it. */
export function approve(next: string, pending: readonly PendingCertificate[]): Fix {
  const named = pending.slice(0, few).map(({ name }) => name);
  const looks = [
    sh`kubectl get csr --field-selector spec.signerName=kubernetes.io/kubelet-serving`,
    ...named.map((name) => sh`kubectl get csr ${name} -o jsonpath='{.spec.request}' | base64 -d | openssl req -noout -text`),
  ];
  if (named.length === 0) return { text: `${capitalized(next)}:`, commands: looks };
  return {
    text: `${capitalized(next)}. Check first that each request names its own node's host name and addresses alone:`,
    commands: [...looks, sh`kubectl certificate approve ${named}`],
  };
}

export const waiting = (pending: readonly PendingCertificate[]): readonly string[] =>
  pending.length === 0
    ? []
    : [
        `pending certificate signing requests: ${list(
          pending.map(({ name, node }) => `\`${name}\` of \`${node}\``),
          { most: 4 },
        )}`,
      ];
