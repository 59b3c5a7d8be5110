import type { ApiService, ChainFault, FailureKind, Serving, ServingFault } from '../../model.ts';
import { recognise } from '../../signatures/index.ts';
import { secondFault, verifyChain } from '../../x509/chain.ts';
import { serverNameOf } from './targets.ts';

type Kind = ServingFault['kind'];

/** What kube-apiserver holds against a chain, one of each kind. Without a caBundle the chain above the leaf is not judged: nobody sees the CAs of kube-apiserver's image. */
export function presentedFaults(
  service: ApiService,
  { chain, at: place }: Pick<Serving, 'chain' | 'at'>,
  at: Date,
): readonly ServingFault[] {
  const [leaf] = chain;
  if (!leaf) return [];
  const usage = 'serverAuth' as const;
  const host = serverNameOf(service);
  const roots = service.caBundle?.certificates ?? [];
  // As a root of its own nothing but the leaf itself is judged.
  const alone = { chain: [leaf], roots: [leaf], usage };
  const own = verifyChain({ ...alone, at });
  const sound = { ...alone, at: leaf.notBefore };
  const above = roots.length > 0 ? secondFault({ chain, roots, at, usage }) : null;
  const faults: readonly (ChainFault | null)[] = [own, verifyChain({ ...sound, host }), verifyChain(sound), above];
  const judged = faults.flatMap((fault): ServingFault[] =>
    fault ? [{ kind: fault.above && isDate(fault) ? 'ca-dates' : kindOf(fault.text), text: fault.text, at: place, shows: false }] : [],
  );
  return judged.filter(({ kind }, index) => judged.findIndex((other) => other.kind === kind) === index);
}
const isDate = ({ kind }: ChainFault) => kind === 'expired' || kind === 'not-yet-valid';

/** What each text of Go is of the certificate. */
export const faultKinds: Partial<Record<FailureKind, Kind>> = {
  'serving-expired': 'expired',
  'serving-not-yet-valid': 'not-yet-valid',
  'serving-names': 'names',
  'serving-usage': 'usage',
  'serving-signature': 'signature',
  'ca-cannot-sign': 'ca-cannot-sign',
  'unknown-authority': 'not-signer',
};
const kindOf = (text: string): Kind => faultKinds[recognise('', text)?.kind ?? 'other'] ?? 'other';
