/** What kube-apiserver holds against a serving certificate: by its own words, and by what the server presents. Pure. */
import type { ApiService, Certificate, ChainFault, Failure, Observed, Serving, ServingFault } from '../model.ts';
import { secondFault, verifyChain } from '../x509/chain.ts';
import { serverNameOf } from './serving.ts';

type Kind = ServingFault['kind'];

/**
 * At most one that shows, as kube-apiserver says one; the others are what waits behind it. With `insecureSkipTLSVerify` nothing shows.
 * Without a caBundle the CAs of kube-apiserver's image count, which nobody sees: then the chain is not judged.
 */
export function servingFaults(
  service: ApiService,
  failure: Failure | null,
  serving: Observed<Serving | null> | undefined,
  at: Date,
): readonly ServingFault[] {
  const said = failure && !failure.inTransition && /x509: /.test(failure.text) ? saidOf(service, failure) : null;
  const value = serving?.ok ? serving.value : null;
  const shown = value ? presentedFaults(service, value, at) : [];
  const all = [...(said ? [said] : []), ...shown.filter(({ kind }) => kind !== said?.kind)];
  const mendedBy = value?.stored && isSound(service, value.stored.chain, at) ? value.stored.secret : null;
  return mendedBy ? all.map((fault) => ({ ...fault, mendedBy })) : all;
}

/** Without a caBundle nobody can tell. */
const isSound = (service: ApiService, chain: Serving['chain'], at: Date) =>
  (service.caBundle?.certificates ?? []).length > 0 && presentedFaults(service, { chain, at: { object: 'Secret' } }, at).length === 0;

function saidOf({ caBundle }: ApiService, { text, at }: Failure): ServingFault {
  const date = /is (?:after|before) (\d{4}-[\d:TZ+-]+)/.exec(text)?.[1];
  const isOf = ({ notBefore, notAfter }: Certificate) => [notBefore, notAfter].some((end) => end.getTime() === Date.parse(date ?? ''));
  const kind = date && caBundle?.certificates.some(isOf) ? 'ca-dates' : kindOf(text);
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

/** In the order of facts/way-signatures.ts. */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/ is after /, 'expired'],
  [/ is before /, 'not-yet-valid'],
  [/certificate (?:is valid for|is not valid for any names|relies on legacy)/, 'names'],
  [/incompatible key usage/, 'usage'],
  [/insecure algorithm/, 'signature'],
  [/parent certificate cannot sign|not authorized to sign|too many intermediates/, 'ca-cannot-sign'],
  [/signed by unknown authority/, 'not-signer'],
];
const kindOf = (text: string): Kind => kinds.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
