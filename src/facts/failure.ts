/** Condition and request → why an APIService does not serve, or null. Pure. */
import type { ApiService, Discovery, Failure, Observed } from '../model.ts';
import { innerText, recognise } from './signatures.ts';

/** A condition follows a change within 30 s of resync and 6 s of probing (kube-aggregator, remote_available_controller.go, v1.37). */
const lag = 40_000;

/**
 * Joins what the condition says with what a request got. When they contradict each other the condition may be about to follow: that is
 * in transition, no fault; but up to 1.35 the condition never follows a fault of the serving certificate, which its probe does not verify.
 */
export function failureOf(service: ApiService, discovery: Observed<Discovery>, now: Date, minor: number | null): Failure | null {
  const { available, name } = service;
  const answered = discovery.ok ? discovery.value : null;
  const request = answered && !answered.ok ? `${answered.status} ${answered.text}` : null;
  if (available?.status === 'True') {
    if (!request) return null;
    const text = innerText(answered?.text ?? '');
    const unseenByProbe = minor !== null && minor < 36 && /x509: |unable to load root certificates/.test(text);
    return failure('', request, text, { probe: `GET /apis/${service.group}/${service.version}` }, !unseenByProbe);
  }
  const at = { object: `APIService ${name}`, field: 'status.conditions[Available]' };
  if (available) {
    const since = now.getTime() - available.since.getTime();
    return failure(available.reason, available.message, innerText(available.message), at, answered?.ok === true && since < lag);
  }
  if (answered?.ok) return null;
  return failure(
    '',
    request ?? 'no condition Available',
    innerText(answered?.text ?? ''),
    at,
    now.getTime() - service.createdAt.getTime() < 60_000,
  );
}

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
