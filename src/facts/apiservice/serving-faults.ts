import type { ApiService, Certificate, Failure, Observed, Serving, ServingFault } from '../../model.ts';
import { moment } from '../cluster/now.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { failure } from './failure.ts';
import { faultKinds, presentedFaults } from './presented-faults.ts';
import { serving } from './serving.ts';

/** By what kube-apiserver says, and by what the server presents. With insecureSkipTLSVerify: what would count without it. */
export const servingFaults = fact({
  name: 'servingFaults',
  of: apiservice,
  needs: { failure, serving: maybe(serving), moment },
  from: ({ failure, serving, moment }, one) => faultsOf(one, failure, serving, moment),
});

/** At most one that shows, as kube-apiserver says one; the others are what waits behind it. With `insecureSkipTLSVerify` nothing shows. */
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
  const kind = date && caBundle?.certificates.some(isOf) ? 'ca-dates' : (faultKinds[signature] ?? 'other');
  return { kind, text, at, shows: true };
}
