/** A table in the order of one of its columns (`--sort-by`). Pure. */
import type { Cell, Column, Table } from '../model.ts';
import { headingOf, textOf } from './cells.ts';

const collator = new Intl.Collator('en', { numeric: true });

/** `by`: a heading in lower case and with dashes. A table without this column stays as it is. Rows without a value are last. */
export function sorted(table: Table, by: string): Table {
  const index = table.columns.findIndex((column) => sortName(column) === by);
  if (index === -1) return table;
  const keys = table.rows.map((row) => row[index] ?? '');
  const order = [...keys.keys()].sort((one, other) => compared(keys[one] ?? '', keys[other] ?? ''));
  const moved = <T>(all: readonly T[]): readonly T[] => order.flatMap((at) => all.slice(at, at + 1));
  return { ...table, rows: moved(table.rows), items: moved(table.items), ...(table.names && { names: moved(table.names) }) };
}

/** What `--sort-by` calls the column. */
export const sortName = (column: Column): string => headingOf(column).toLowerCase().replaceAll(' ', '-');

function compared(one: Cell, other: Cell): number {
  const [text, against] = [textOf(one), textOf(other)];
  if (text === '' || against === '') return Number(text === '') - Number(against === '');
  if (typeof one === 'object' && typeof other === 'object' && one.order !== undefined && other.order !== undefined)
    return one.order - other.order;
  return collator.compare(text, against);
}
