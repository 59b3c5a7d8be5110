/** Lists as tables. The only file that knows cli-table3. */
import CliTable from 'cli-table3';
import type { MarkedText, Table } from '../model.ts';
import { headingOf, linesOf, longestWord, markedOf, moreOf, shown } from './cells.ts';
import { fitted, GAP, type Wish } from './fit.ts';
import { columnsOf } from './layout.ts';
import { type Paint, paintOf } from './paint.ts';
import { visible } from './sanitize.ts';
import type { Style } from './style.ts';

interface Shown {
  readonly heading: string;
  readonly only?: 'room' | 'wide';
  readonly cells: readonly MarkedText[];
}
/** Spaces between two columns in a pipe, as many as kubectl's. */
const PIPED = 3;
/** How far the name of a row is indented where it goes on, to show where the next row begins. */
const HANG = 2;
/** cli-table3's names of the parts of a border. */
const borders = ['top', 'mid', 'bottom', 'left', 'right'].flatMap((side) => [side, `${side}-left`, `${side}-mid`, `${side}-right`]);
const noBorders = Object.fromEntries([...borders, 'middle'].map((name) => [name, '']));

/**
 * In a pipe like kubectl: a line for each row, nothing cut. On a terminal within its width: cells wrap, columns that are optional are left out,
 * and where even that is not enough each row is a block of its own.
 */
export function renderTable(table: Table, style: Style): string {
  const heading = style.headers ? visible(table.heading ?? [], style.ascii) : [];
  const above = style.terminal ? heading.flatMap((line) => linesOf(line, style.width)) : heading;
  return (above.length > 0 ? `${above.join('\n')}\n\n` : '') + renderRows(table, style);
}

function renderRows(table: Table, style: Style): string {
  if (table.rows.length === 0 && !style.headers) return '';
  const all = columnsIn(table, style);
  const listed = all.filter(({ only }) => only !== 'wide' || style.wide);
  if (!style.terminal) return draw(listed, style);
  const fit = fitted(all.map(wishOf), style.width, style.wide === true);
  if (fit === null) return records(listed, style);
  const drawn = all.flatMap((column, at) => (fit.has(at) ? [column] : []));
  const hidden = all.flatMap(({ heading }, at) => (fit.has(at) ? [] : [heading]));
  return draw(drawn, style, [...fit.values()]) + (hidden.length > 0 && style.headers && table.rows.length > 0 ? more(hidden, style) : '');
}

function columnsIn({ columns, rows }: Table, { ascii }: Style): readonly Shown[] {
  const visibleRows = visible(rows, ascii);
  return columns.map((column, at) => ({
    heading: headingOf(column),
    ...(typeof column === 'object' && { only: column.only }),
    cells: visibleRows.map((row) => markedOf(row[at] ?? '')),
  }));
}

function wishOf({ heading, only, cells }: Shown): Wish {
  const texts = cells.map(({ text }) => shown(text));
  const least = columnsOf(heading);
  return {
    whole: Math.max(least, ...texts.map(columnsOf)),
    word: Math.max(least, ...texts.map(longestWord)),
    optional: only !== undefined,
  };
}

/** `widths`: those of the columns, of which no cell is wider; without them each is as wide as it needs. */
function draw(columns: readonly Shown[], style: Style, widths?: readonly number[]): string {
  const paint = paintOf(style.color);
  const heading = style.headers ? columns.map((column) => paint.strong(column.heading)) : [];
  const padding = { 'padding-left': 0, 'padding-right': widths ? GAP : PIPED };
  const table = new CliTable({ head: heading, chars: noBorders, style: { head: [], border: [], compact: true, ...padding } });
  const drawn = columns.map(({ cells }, at) => cells.map((cell) => painted(cell, paint, widths?.[at], at === 0 ? HANG : 0)));
  table.push(...[...(columns[0]?.cells.keys() ?? [])].map((row) => drawn.map((cells) => cells[row] ?? '')));
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

function painted({ text, tone }: MarkedText, paint: Paint, width = Number.POSITIVE_INFINITY, hang = 0): string {
  const brush = tone ? paint[tone] : text.trim() === '' ? paint.dim : null;
  const lines = linesOf(shown(text), width, hang);
  return (brush ? lines.map((line) => brush(line)) : lines).join('\n');
}

function more(hidden: readonly string[], style: Style): string {
  const { dim } = paintOf(style.color);
  const lines = linesOf(moreOf(hidden), style.width);
  return `${lines.map((line) => dim(line)).join('\n')}\n`;
}

/** A block for each row: its first cell, then the others behind their headings. */
function records([name, ...columns]: readonly Shown[], style: Style): string {
  const paint = paintOf(style.color);
  const column = Math.max(...columns.map(({ heading }) => columnsOf(heading))) + 5;
  const width = Math.max(1, style.width - column);
  const blocks = (name?.cells ?? []).map(({ text, tone }, row) => {
    const fields = columns.flatMap(({ heading, cells }) => {
      const cell = cells[row];
      if (!cell || cell.text.trim() === '') return [];
      const [first, ...rest] = painted(cell, paint, width).split('\n');
      return [
        `  ${paint.dim(heading)}${' '.repeat(column - 2 - columnsOf(heading))}${first}`,
        ...rest.map((line) => ' '.repeat(column) + line),
      ];
    });
    const brush = tone ? paint[tone] : paint.strong;
    return [...linesOf(shown(text), style.width).map((line) => brush(line)), ...fields].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}
