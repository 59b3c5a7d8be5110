/** Lists as tables. The only file that knows cli-table3. */
import CliTable from 'cli-table3';
import type { Table } from '../model.ts';
import { columnsOf, field, pageOf } from './layout.ts';
import { visible } from './sanitize.ts';
import type { Style } from './style.ts';

const asciiBorders = {
  top: '-',
  'top-mid': '+',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-mid': '+',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  'left-mid': '+',
  mid: '-',
  'mid-mid': '+',
  right: '|',
  'right-mid': '+',
  middle: '|',
};
const noBorders = Object.fromEntries(Object.keys(asciiBorders).map((name) => [name, '']));

/**
 * With borders on a terminal that is wide enough, as records (one field per line) on a narrower one, and without borders, like kubectl,
 * if the output is not a terminal. Never cuts a cell.
 */
export function renderTable(table: Table, style: Style): string {
  const heading = style.headers ? visible(table.heading ?? [], style.ascii) : [];
  const above = heading.length > 0 ? `${heading.join('\n')}\n\n` : '';
  return above + renderRows(table, style);
}

function renderRows(table: Table, style: Style): string {
  const { columns, rows } = visible({ columns: table.columns, rows: table.rows }, style.ascii);
  if (rows.length === 0 && !style.headers) return '';
  if (!style.terminal) return draw(columns, rows, style, noBorders);
  const bordered = draw(columns, rows, style, style.ascii ? asciiBorders : {});
  const widest = Math.max(...bordered.split('\n').map(columnsOf));
  return widest <= style.width ? bordered : records(columns, rows, style);
}

function draw(columns: readonly string[], rows: Table['rows'], style: Style, chars: Readonly<Record<string, string>>): string {
  const bare = chars === noBorders;
  const heading = style.headers ? columns.map((column) => (bare ? column : pageOf(style).paint.strong(column))) : [];
  const padding = bare ? { 'padding-left': 0, 'padding-right': 3 } : {};
  const table = new CliTable({ head: heading, chars, style: { head: [], border: [], compact: true, ...padding } });
  table.push(...rows.map((row) => [...row]));
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

/** A block for each row: its first cell, then the others behind their headings. */
function records(columns: readonly string[], rows: Table['rows'], style: Style): string {
  const page = pageOf(style);
  const column = Math.max(...columns.map(columnsOf)) + 3;
  const blocks = rows.map(([first = '', ...cells]) =>
    [
      page.paint.strong(first),
      ...cells.flatMap((cell, index) => (cell === '' ? [] : field(columns[index + 1] ?? '', [cell], page, { column }))),
    ].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}
