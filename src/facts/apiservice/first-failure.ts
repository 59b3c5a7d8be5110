import type { ApiService, Discovery, Failure, FailureKind, FailureSignature, Observed } from '../../model.ts';
import { addressIn, answerText, connectionIn, innerText, isOfAgents, other, recognise } from '../../signatures/index.ts';
import { isOwnAnswer, isTimeout, isUnseenByProbe } from '../../signatures/probe.ts';
import { moment } from '../cluster/now.ts';
import { minor } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { apiservice } from './apiservice.ts';
import { isEcho } from './disagreement.ts';
import { discovery } from './discovery.ts';

/** How it fails by the first request alone; what else to ask depends on it. */
export const firstFailure = fact({
  name: 'firstFailure',
  of: apiservice,
  internal: true,
  needs: { discovery: maybe(discovery), moment, minor },
  from: ({ discovery, moment, minor }, one): Failure | null => failureOf(one, discovery, moment, minor),
});
/** Whether the user wants to know all of it. */
export const named = fact({
  name: 'named',
  of: apiservice,
  internal: true,
  needs: { userOptions, firstFailure },
  from: ({ userOptions: { targets }, firstFailure }, { name }) =>
    targets === 'unavailable' ? firstFailure !== null : targets === 'all' || (targets?.includes(name) ?? false),
});

/** A condition follows a change within 30 s of resync and 6 s of probing (kube-aggregator, remote_available_controller.go, v1.37). */
const lag = 40_000;

/** What aggctl itself got afterwards. */
interface Own {
  /** When it asked the same again. */
  readonly repeated?: readonly Discovery[];
  /** When it dialed the addresses behind the Service; null: it did not, or they differ. */
  readonly reached?: 'all' | 'none' | null;
}

/** What a completed connection refutes: nothing of Service and endpoints, not what the server answers, and not how long it takes. */
const isOfConnection = ({ signature, ofCertificate }: Failure): boolean => ofCertificate === true || ofPath.includes(signature);
/** Without a caBundle nobody but kube-apiserver sees the CAs that count. */
const isJudged = ({ insecureSkipTLSVerify, caBundle }: ApiService): boolean =>
  insecureSkipTLSVerify || (caBundle?.certificates ?? []).length > 0;
const ofPath: readonly FailureKind[] = [
  'connection-refused',
  'no-route',
  'no-ipv6',
  'not-https',
  'no-certificate',
  'not-permitted',
  'unrecognized-name',
  'tls-too-old',
  'no-common-cipher',
];

/**
 * Joins what the condition says with what a request got, and with what aggctl got afterwards. A condition lags: where all that aggctl
 * sees says the opposite, that counts. One request that contradicts a condition is in transition, no fault; and the condition never follows
 * what its probe cannot see.
 */
export function failureOf(
  service: ApiService,
  discovery: Observed<Discovery>,
  now: Date,
  minor: number | null,
  { repeated = [], reached = null }: Own = {},
): Failure | null {
  const { available, name } = service;
  const answered = discovery.ok ? discovery.value : null;
  const request = answered && !answered.ok ? `${answered.status} ${answered.text}` : null;
  const said = answered && !answered.ok ? answerText(answered.status, answered.text) : '';
  const since = available ? now.getTime() - available.since.getTime() : 0;
  if (available?.status === 'True') {
    if (!answered || !request) return null;
    const text = innerText(answered.text);
    // An echo means that the condition has turned False since it was read.
    const steady = (since >= lag || reached === 'none') && repeated.length > 0 && repeated.every((one) => !one.ok && !isEcho(one));
    const unanswered = steady && reached !== 'none' && [answered, ...repeated].every((one) => isTimeout(answerText(one.status, one.text)));
    const unseen = isUnseenByProbe(said, minor) || unanswered || (steady && isOwnAnswer(answered));
    const found = {
      ...failure(recognise(unanswered ? 'UsersUnanswered' : '', said), request, text, {
        probe: `GET /apis/${service.group}/${service.version}`,
      }),
      inTransition: !unseen && !steady,
      unseen,
    };
    // kube-apiserver itself has nothing against it.
    return found.signature === 'other' ? { ...found, meaning: `users get ${answered.status} from the extension server` } : found;
  }
  const at = { object: `APIService ${name}`, field: 'status.conditions[Available]' };
  if (available) {
    // While the condition is False nobody gets an answer: a good one means that it has changed since it was read.
    const recovered = answered?.ok === true && repeated.every(({ ok }) => ok);
    const text = innerText(available.message);
    const found = failure(recognise(available.reason, text), available.message, text, at);
    const mended = reached === 'all' && isOfConnection(found) && (!found.ofCertificate || isJudged(service));
    return { ...found, inTransition: recovered || mended, mended: mended && !recovered };
  }
  if (answered?.ok) return null;
  const young = now.getTime() - service.createdAt.getTime() < 60_000;
  const row = recognise('NoCondition', said);
  return { ...failure(row, request ?? 'no condition Available', innerText(answered?.text ?? ''), at), inTransition: young };
}

function failure(found: FailureSignature = other, whole: string, inner: string, at: Failure['at']): Failure {
  const { kind, matches: _, ...row } = found;
  const text = inner || whole;
  const [connection, address] = [connectionIn(text), addressIn(whole)];
  return {
    inTransition: false,
    unseen: false,
    mended: false,
    at,
    signature: kind,
    text,
    address: (text.startsWith('dial tcp') ? connection : null) ?? address,
    isDirect: connection !== null && connection === address,
    isOfAgents: isOfAgents(text),
    ...row,
  };
}
