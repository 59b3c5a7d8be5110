import { fact } from '../engine/declare.ts';
import { map } from '../shared/observed.ts';

/** When the facts were taken. */
export const clock = fact({
  name: 'clock',
  read: async (_, ask) => map(await ask({ kind: 'clock' }), ({ time }) => new Date(time)),
});
