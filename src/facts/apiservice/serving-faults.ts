import type { ApiService, Certificate, ChainFault, Failure, FailureKind, Observed, Serving, ServingFault } from '../../model.ts';
import { recognise } from '../../signatures/index.ts';
import { secondFault, verifyChain } from '../../x509/chain.ts';
import { moment } from '../cluster/now.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { failure } from './failure.ts';
import { serverNameOf } from './read-serving.ts';
import { serving } from './serving.ts';

/** By what kube-apiserver says, and by what the server presents. With insecureSkipTLSVerify: what would count without it. */
export const servingFaults = fact({
  name: 'servingFaults',
  of: apiservice,
  needs: { failure, serving: maybe(serving), moment },
  from: ({ failure, serving, moment }, one) => faultsOf(one, failure, serving, moment),
});

type Kind = ServingFault['kind'];

/**
 * At most one that shows, as kube-apiserver says one; the others are what waits behind it. With `insecureSkipTLSVerify` nothing shows.
 * Without a caBundle the CAs of kube-apiserver's image count, which nobody sees: then the chain is not judged.
 */
export function faultsOf(
  service: ApiService,
  failure: Failure | null,
  serving: Observed<Serving | null> | undefined,
  at: Date,
): readonly ServingFault[] {
  const said = failure && !failure.inTransition && failure.ofCertificate ? saidOf(service, failure) : null;
  const value = serving?.ok ? serving.value : null;
  const shown = value ? presentedFaults(service, value, at) : [];
  const all = [...(said ? [said] : []), ...shown.filter(({ kind }) => kind !== said?.kind)];
  const fixedBySecret = value?.stored && isSound(service, value.stored.chain, at) ? value.stored.secret : null;
  return fixedBySecret ? all.map((fault) => ({ ...fault, fixedBySecret })) : all;
}

/** Without a caBundle nobody can tell. */
const isSound = (service: ApiService, chain: Serving['chain'], at: Date) =>
  (service.caBundle?.certificates ?? []).length > 0 && presentedFaults(service, { chain, at: { object: 'Secret' } }, at).length === 0;

function saidOf({ caBundle }: ApiService, { signature, text, at }: Failure): ServingFault {
  const date = /is (?:after|before) (\d{4}-[\d:TZ+-]+)/.exec(text)?.[1];
  const isOf = ({ notBefore, notAfter }: Certificate) => [notBefore, notAfter].some((end) => end.getTime() === Date.parse(date ?? ''));
  const kind = date && caBundle?.certificates.some(isOf) ? 'ca-dates' : (kinds[signature] ?? 'other');
  return { kind, text, at, shows: true };
}

function presentedFaults(service: ApiService, { chain, at: place }: Pick<Serving, 'chain' | 'at'>, at: Date): readonly ServingFault[] {
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
const kinds: Partial<Record<FailureKind, Kind>> = {
  'serving-expired': 'expired',
  'serving-not-yet-valid': 'not-yet-valid',
  'serving-names': 'names',
  'serving-usage': 'usage',
  'serving-signature': 'signature',
  'ca-cannot-sign': 'ca-cannot-sign',
  'unknown-authority': 'not-signer',
};
const kindOf = (text: string): Kind => kinds[recognise('', text)?.kind ?? 'other'] ?? 'other';
