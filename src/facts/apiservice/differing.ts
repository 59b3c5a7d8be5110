import type { Differing, Discovery, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { disagreement, isEcho } from './disagreement.ts';
import { discovery } from './discovery.ts';
import { type JudgedDial, pathDials } from './path-dials.ts';
import { repeated } from './repeated.ts';

/** null: all end alike, or it depends on the kube-apiserver. */
export const differing = fact({
  name: 'differing',
  of: apiservice,
  needs: { disagreement, discovery: maybe(discovery), repeated, pathDials },
  read: ({ disagreement, discovery, repeated, pathDials }): Observed<Differing | null> => {
    if (!discovery.ok && pathDials.length === 0) return discovery;
    const requests = [...(discovery.ok ? [discovery.value] : []), ...repeated];
    return { ok: true, value: disagreement ? null : differenceAmong(requests, pathDials) };
  },
});

/** What only repeats the condition is no answer of an extension server. The ClusterIP leads to one address or another. */
export function differenceAmong(requests: readonly Discovery[], dials: readonly JudgedDial[]): Differing | null {
  const answers = requests.filter((one) => !isEcho(one));
  const failed = answers.filter(({ ok }) => !ok);
  const addresses = dials.filter(({ to }) => to === 'pod');
  const broken = addresses.filter(({ fault }) => fault !== '');
  const sound = addresses.filter(({ fault }) => fault === '');
  const differ = (some: number, all: number) => some > 0 && some < all;
  if (!differ(failed.length, answers.length) && !differ(broken.length, addresses.length)) return null;
  return {
    failed,
    requests: answers.length,
    broken: broken.map(({ address, pod, fault }) => ({ address, pod, text: fault })),
    sound: sound.map(({ address }) => address),
  };
}
