import type { Observed } from '../../model.ts';
import type { Of } from '../engine/declare.ts';

/** What is known of several subjects. */
export const valuesOf = <T>(all: readonly Of<T>[]): readonly T[] => all.flatMap(({ observed }) => (observed.ok ? [observed.value] : []));
/** Lists over one scope name its subjects in one order. */
export const observedAt = <T>(all: readonly Of<T>[], index: number): Observed<T> => (all[index] as Of<T>).observed;
