/** Small steps on facts that may not be known. Pure. */
import type { FactName, Observed, Scope, Unavailable } from '../model.ts';

/** The value through a function; what is not known stays so. */
export const map = <T, U>(observed: Observed<T>, change: (value: T) => U): Observed<U> =>
  observed.ok ? { ok: true, value: change(observed.value) } : observed;

/** A value that is known. */
export const known = <T>(value: T): Observed<T> => ({ ok: true, value });

/** Not known for the reason of another fact, which alone is listed. */
export const because = (fact: FactName | Scope): Unavailable => ({ ok: false, why: 'excluded', message: '', because: fact });

/** A fact that could not be had while a fact beneath it could not either: the one beneath is the reason. */
export const blame = <T>(observed: Observed<T>, beneath: Readonly<Partial<Record<FactName, Observed<unknown>>>>): Observed<T> => {
  if (observed.ok) return observed;
  const reason = Object.entries(beneath).find(([, fact]) => !fact.ok);
  return reason ? because(reason[0] as FactName) : observed;
};
