import type { Observed, Serving } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { differing } from './differing.ts';
import { presented } from './presented.ts';

/** Of one that serves only where that is verified and can be seen; null where nobody looked. Of servers that differ, a sound one's. */
export const serving = fact({
  name: 'serving',
  of: apiservice,
  needs: { presented, differing: maybe(differing) },
  read: ({ presented, differing }): Observed<Serving | null> => {
    if (!presented) return nobodyLooked;
    const { serving, dials } = presented;
    const sound = dials.ok && differing.ok ? dials.value?.find(({ address }) => differing.value?.sound.includes(address)) : undefined;
    if (!serving.ok || !serving.value || !sound) return serving;
    return { ok: true, value: { ...serving.value, chain: sound.chain, at: { probe: `TLS handshake with ${sound.address}` } } };
  },
});
