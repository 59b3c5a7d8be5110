/** Waiting without promises, which cost more than most facts do: a cell counts what it waits for. */
import type { Kind, Observed } from '../../model.ts';

/** What is being made, under a name. */
export interface Cell {
  readonly name: string;
  observed: Observed<unknown> | null;
  /** Of the last question that was waited for. */
  round: number;
  /** What it waits for, how many of it are missing, and how it goes on then. */
  own: readonly Cell[];
  missing: number;
  step: (cell: Cell) => void;
  waiting: Cell[] | null;
  /** Of all questions that the reading asked, where subjects share it. */
  kinds?: readonly Kind[];
}
/** Only of a cell that is settled. */
export const observedIn = ({ observed }: Cell): Observed<unknown> => observed as Observed<unknown>;
/** What a fact is handed of it: the value, or where it may be missing what is known of it. */
export function valueIn(cell: Cell, isMaybe = false): unknown {
  const observed = observedIn(cell);
  return isMaybe || !observed.ok ? observed : observed.value;
}
export const roundOf = (least: number, cells: readonly Cell[]): number => cells.reduce((most, { round }) => Math.max(most, round), least);

/** There are hundreds of thousands of cells: those that wait for nothing hold nothing of their own. */
const nothing: readonly Cell[] = [];
const stay = (): void => {};
export const newCell = (name: string): Cell => ({ name, observed: null, round: 0, own: nothing, missing: 0, step: stay, waiting: null });
/** A new cell, kept under its name. */
export function keptCell(cells: Map<string, Cell>, name: string): Cell {
  const cell = newCell(name);
  cells.set(name, cell);
  return cell;
}
/** Ends the cell, and lets go on what waits for it. */
export function settle(cell: Cell, observed: Observed<unknown>, round: number): Cell {
  const { waiting } = cell;
  cell.observed = observed;
  cell.round = round;
  cell.own = nothing;
  cell.step = stay;
  cell.waiting = null;
  for (const one of waiting ?? []) {
    one.missing -= 1;
    if (one.missing === 0) one.step(one);
  }
  return cell;
}
/** Lets the cell go on as soon as all that it waits for is settled: at once when it is. */
export function wait(cell: Cell, own: readonly Cell[], step: (cell: Cell) => void): Cell {
  cell.own = own;
  cell.step = step;
  cell.missing = 0;
  for (const one of own)
    if (!one.observed) {
      cell.missing += 1;
      // An array that is filled by push has room for 17 from the start.
      if (one.waiting) one.waiting.push(cell);
      else one.waiting = [cell];
    }
  if (cell.missing === 0) step(cell);
  return cell;
}
