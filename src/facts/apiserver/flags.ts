import { type Flags, type Observed, typeOf } from '../../model.ts';
import { fact } from '../engine/declare.ts';

import { apiserver } from './apiserver.ts';

/** A value that comes from a variable is judged by nobody who cannot see it. */
export const flags = fact({
  name: 'flags',
  of: apiserver,
  read: (_, __, { flags }): Observed<Flags> => {
    const hidden = Object.values(flags.byName).find(({ name, unseen }) => unseen !== undefined && typeOf(name) !== null);
    if (!hidden) return { ok: true, value: flags };
    const message = `the flags: --${hidden.name} is set from the environment variable ${hidden.unseen}, whose value aggctl does not read`;
    return { ok: false, why: 'excluded', message };
  },
});
