/** A small step on facts that may not be known. Pure. */
import type { Observed } from '../../model.ts';

/** The value through a function; what is not known stays so. */
export const map = <T, U>(observed: Observed<T>, change: (value: T) => U): Observed<U> =>
  observed.ok ? { ok: true, value: change(observed.value) } : observed;

/** A value that is known. */
export const known = <T>(value: T): Observed<T> => ({ ok: true, value });

/** What may not be read without harm to the rest. */
export const optional = <T, U>(observed: Observed<T>, change: (value: T) => U, what: string): Observed<U> =>
  observed.ok ? known(change(observed.value)) : { ...observed, why: 'excluded', message: `${what}: ${observed.message}` };
