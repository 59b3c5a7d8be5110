/** Condition and request → why an APIService does not serve, or null. Pure. */
import type { ApiService, Discovery, Failure, Observed } from '../model.ts';
import { innerText, recognise } from '../signatures/index.ts';

/** A condition follows a change within 30 s of resync and 6 s of probing (kube-aggregator, remote_available_controller.go, v1.37). */
const lag = 40_000;

/** Whether the condition and a request say different things of an APIService, so that it is worth asking again. */
export const contradicts = ({ available }: ApiService, discovery: Observed<Discovery>): boolean =>
  available !== null && discovery.ok && discovery.value.ok !== (available.status === 'True');

/**
 * Joins what the condition says with what a request got, and what it got when it was `repeated`. When they contradict each other the
 * condition may be about to follow: that is in transition, no fault; but it never follows what its probe cannot see.
 */
export function failureOf(
  service: ApiService,
  discovery: Observed<Discovery>,
  now: Date,
  minor: number | null,
  repeated: readonly Discovery[] = [],
): Failure | null {
  const { available, name } = service;
  const answered = discovery.ok ? discovery.value : null;
  const request = answered && !answered.ok ? `${answered.status} ${answered.text}` : null;
  const since = available ? now.getTime() - available.since.getTime() : 0;
  if (available?.status === 'True') {
    if (!answered || !request) return null;
    const text = innerText(answered.text);
    const steady = since >= lag && repeated.length > 0 && repeated.every(({ ok }) => !ok);
    const unanswered = steady && [answered, ...repeated].every((one) => isTimeout(innerText(one.text)));
    const unseen = unseenByProbe(text, minor) || unanswered || (steady && isOwnAnswer(answered));
    const found = failure(
      unanswered ? 'UsersUnanswered' : '',
      request,
      text,
      { probe: `GET /apis/${service.group}/${service.version}` },
      !unseen,
    );
    // kube-apiserver itself has nothing against it.
    return found.signature === 'other' ? { ...found, meaning: `users get ${answered.status} from the extension server` } : found;
  }
  const at = { object: `APIService ${name}`, field: 'status.conditions[Available]' };
  if (available) {
    // While the condition is False nobody gets an answer: a good one means that it has changed since it was read.
    const recovered = answered?.ok === true && repeated.every(({ ok }) => ok);
    return failure(available.reason, available.message, innerText(available.message), at, recovered);
  }
  if (answered?.ok) return null;
  const young = now.getTime() - service.createdAt.getTime() < 60_000;
  return failure('NoCondition', request ?? 'no condition Available', innerText(answered?.text ?? ''), at, young);
}

/**
 * A caBundle that does not parse freezes the condition; delegated authorization lets members of system:masters, as the probe is one, pass
 * without a question; and up to 1.35 the probe does not verify the serving certificate.
 */
const unseenByProbe = (text: string, minor: number | null) =>
  /unable to load root certificates|subjectaccessreviews\.authorization\.k8s\.io is forbidden|\(post subjectaccessreviews\./.test(text) ||
  (minor !== null && minor < 36 && /x509: /.test(text));

/** No answer in time. */
const isTimeout = (text: string) => /^context deadline exceeded|^net\/http: request canceled|Client\.Timeout/.test(text);

/**
 * An answer of the extension server itself, which it may give to users and not to the probe: that asks as system:kube-aggregator in
 * system:masters. What kube-apiserver says in its place, and what the front-proxy certificate alone decides, the probe meets as well.
 */
const isOwnAnswer = ({ status, text }: Discovery) =>
  status !== 401 && !/system:anonymous|^error trying to reach service|^service unavailable/.test(text);

function failure(reason: string, whole: string, inner: string, at: Failure['at'], inTransition: boolean): Failure {
  const row = recognise(reason, inner) ?? recognise(reason, whole);
  return {
    inTransition,
    at,
    signature: row?.name ?? 'other',
    text: inner || whole,
    short: row?.short ?? 'failing',
    meaning: row?.meaning ?? 'kube-apiserver gets no usable answer from the extension server',
    explainedBy: row?.explainedBy ?? [],
    next: row?.next ?? "read the extension server's log and kube-apiserver's",
  };
}
