/** Which columns of a table a terminal shows, and how wide each is. Pure. */

/** A column as it would like to be. */
export interface Wish {
  /** The width of its widest cell, and of its longest word; neither is narrower than its heading. */
  readonly whole: number;
  readonly word: number;
  /** Shown only where there is room. */
  readonly optional: boolean;
}
/** The columns that are shown, by their position. */
export type Fit = ReadonlyMap<number, number>;

/** Between two columns. */
export const GAP = 2;
/** Narrower, a broken word is hard to read. */
const BROKEN = 16;
/** Narrower, prose and paths take too many lines. */
const READABLE = 30;

/** null: not even the columns that are always shown fit; with `all`, not every column does. */
export function fitted(wishes: readonly Wish[], room: number, all: boolean): Fit | null {
  const positions = [...wishes.keys()];
  const always = positions.filter((at) => !wishes[at]?.optional);
  const share = (chosen: readonly number[], least: (wish: Wish, at: number) => number): Fit | null =>
    shared(
      chosen.flatMap((at) => {
        const wish = wishes[at];
        return wish ? [{ at, least: least(wish, at), most: wish.whole }] : [];
      }),
      room - GAP * (chosen.length - 1),
    );
  const readable = ({ whole, optional }: Wish, least: number): number => (optional ? Math.min(whole, READABLE) : least);
  if (all) return share(positions, (wish) => readable(wish, wish.word));
  // What is always shown gives nothing up for what is not.
  const roomy = (chosen: readonly number[]) => share(chosen, (wish) => readable(wish, wish.whole));
  if (roomy(always)) {
    const chosen = [...always];
    for (const at of positions) if (wishes[at]?.optional && roomy([...chosen, at])) chosen.push(at);
    return roomy(chosen.sort((one, other) => one - other));
  }
  const broken = ({ word }: Wish): number => Math.min(word, BROKEN);
  // The first column names the row: its words break last.
  return (
    share(always, ({ word }) => word) ?? share(always, (wish, at) => (at === always[0] ? wish.word : broken(wish))) ?? share(always, broken)
  );
}

interface Limits {
  readonly at: number;
  readonly least: number;
  readonly most: number;
}
/** Shortens the widest columns first, and gives what is left over to the first of them. null: there is not enough for all. */
function shared(columns: readonly Limits[], room: number): Fit | null {
  const widths = (cap: number) => columns.map(({ at, least, most }) => [at, Math.min(most, Math.max(least, cap))] as const);
  const total = (cap: number) => widths(cap).reduce((sum, [, width]) => sum + width, 0);
  if (total(0) > room) return null;
  let cap = room;
  while (total(cap) > room) cap -= 1;
  let spare = room - total(cap);
  return new Map(
    widths(cap).map(([at, width], index) => {
      const isLonger = spare > 0 && width < (columns[index]?.most ?? 0);
      if (isLonger) spare -= 1;
      return [at, isLonger ? width + 1 : width];
    }),
  );
}
