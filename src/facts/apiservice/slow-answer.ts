import type { Discovery } from '../../model.ts';
import { version } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';
import { nearLimit, repeated } from './repeated.ts';

/** Milliseconds that the fastest of several answers took beyond one of kube-apiserver itself, where that is near the limit; null: it is not. */
export const slowAnswer = fact({
  name: 'slowAnswer',
  of: apiservice,
  needs: { discovery: maybe(discovery), repeated, version: maybe(version) },
  from: ({ discovery, repeated, version }) =>
    slownessOf([...(discovery.ok ? [discovery.value] : []), ...repeated], version.ok ? (version.value.ms ?? 0) : 0),
});

/** A single late answer shows nothing. */
export function slownessOf(answers: readonly Discovery[], own: number): number | null {
  const fastest = Math.min(...answers.map(({ ms }) => (ms ?? 0) - own));
  return answers.length > 1 && answers.every(({ ok }) => ok) && fastest >= nearLimit ? fastest : null;
}
