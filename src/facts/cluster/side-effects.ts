import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact } from '../engine/declare.ts';
import { readSideEffects } from '../side-effects.ts';

export const sideEffects = fact({
  name: 'sideEffects',
  internal: true,
  needs: { remote: remoteApiServices },
  read: async ({ remote }, ask) => ({ ok: true, value: await readSideEffects(ask, remote) }),
});
