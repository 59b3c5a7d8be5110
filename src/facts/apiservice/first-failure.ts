import type { ApiService, Discovery, Failure, Observed } from '../../model.ts';
import { addressIn, connectionIn, innerText, other, recognise } from '../../signatures/index.ts';
import { isOwnAnswer, isTimeout, isUnseenByProbe } from '../../signatures/probe.ts';
import { moment } from '../cluster/now.ts';
import { minor } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { apiservice } from './apiservice.ts';
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
    const unseen = isUnseenByProbe(text, minor) || unanswered || (steady && isOwnAnswer(answered));
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

function failure(reason: string, whole: string, inner: string, at: Failure['at'], inTransition: boolean): Failure {
  const { kind, matches: _, ...row } = recognise(reason, inner) ?? recognise(reason, whole) ?? other;
  const text = inner || whole;
  const [connection, address] = [connectionIn(text), addressIn(whole)];
  return {
    inTransition,
    at,
    signature: kind,
    text,
    address: (text.startsWith('dial tcp') ? connection : null) ?? address,
    isDirect: connection !== null && connection === address,
    ...row,
  };
}
