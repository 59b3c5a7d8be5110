/** Lines of a page: wrapping by display width, labels, columns. Pure. */
import stringWidth from 'string-width';
import { type Paint, paintOf, type Symbols, symbolsOf } from './paint.ts';
import type { Style } from './style.ts';

/** Columns that a text takes on a terminal; colors take none. */
export const columnsOf = (text: string): number => (plain.test(text) ? text.length : stringWidth(text));
/** Characters of one column each, which need no Unicode tables: nearly all of a report. */
const plain = /^[ -~─▶✓✗·–…]*$/;

/** What a section needs to draw itself. */
export interface Page {
  readonly width: number;
  /** Too few columns to print labels beside their text: they go above it. */
  readonly narrow: boolean;
  readonly verbose: boolean;
  /** What aggctl is called in the commands that are advised. */
  readonly name: string;
  readonly paint: Paint;
  readonly symbols: Symbols;
}

/** Prose is easiest to read below 100 columns; below 20, wrapping does not help. */
export function pageOf(style: Style): Page {
  const width = Math.max(20, Math.min(style.width, 100));
  return {
    width,
    narrow: width < 60,
    verbose: style.verbosity === 'verbose',
    name: style.name ?? 'aggctl',
    paint: paintOf(style.color),
    symbols: symbolsOf(style.ascii),
  };
}

/** Fills lines with parts, none of which is broken: a part wider than the line gets one of its own. All but the first are `hang` shorter. */
export function flow(parts: readonly string[], separator: string, columns: number, hang = 0): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length > 0 ? `${lines.at(-1)}${separator}${part}` : part;
    const room = lines.length > 1 ? columns - hang : columns;
    if (lines.length > 0 && columnsOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** Breaks prose at spaces. Words, and so paths, never break; a span in backticks only where it is wider than a whole line. */
function wrap(text: string, columns: number, hang: number): string[] {
  const words = text.match(/(?:`[^`]*`|[^\s`])+|`\S*/g) ?? [];
  const fitting = words.flatMap((word) => (columnsOf(word) <= columns - hang ? [word] : word.split(/\s+/)));
  return flow(fitting, ' ', columns, hang);
}

/** Wrapped prose behind an indent, continued `hang` columns further in, its spans in backticks painted. */
export function prose(text: string, page: Page, indent: number, hang = 0): string[] {
  const paintLine = (line: string) => page.paint.code(line);
  return wrap(text, page.width - indent, hang)
    .join('\n')
    .replace(/`[^`]*`/g, (span) => span.split('\n').map(paintLine).join('\n'))
    .split('\n')
    .map((line, index) => `${' '.repeat(index === 0 ? indent : indent + hang)}${line}`);
}

/** How a field is laid out where it differs from a finding's. */
interface FieldLayout {
  readonly indent?: number;
  /** Columns from the start of the label to the text beside it. */
  readonly column?: number;
  /** Lines that follow the text two columns further in and are never broken. */
  readonly commands?: readonly string[];
}

/** A labelled field: the label beside its items, or above them on a narrow page. */
export function field(label: string, items: readonly string[], page: Page, layout: FieldLayout = {}): string[] {
  const { indent = 2, column = 10, commands = [] } = layout;
  const start = indent + (page.narrow ? 2 : column);
  // Indent continuation lines only if there are several items, to show where each begins.
  const hang = items.length > 1 ? 2 : 0;
  const lines = [
    ...items.flatMap((item) => prose(item, page, start, hang)),
    ...commands.map((command) => `${' '.repeat(start + 2)}${page.paint.strong(command)}`),
  ];
  const head = `${' '.repeat(indent)}${page.paint.dim(label)}`;
  if (page.narrow || items.length === 0) return [head, ...lines];
  const [first = '', ...rest] = lines;
  return [`${head}${' '.repeat(Math.max(1, column - columnsOf(label)))}${first.slice(start)}`, ...rest];
}

/** Parts from the left and a word at the right end of the last line, or on one of its own where there is no room. */
export function spread(parts: readonly string[], separator: string, right: string, page: Page): string[] {
  const lines = flow(parts, separator, page.width, 2).map((line, index) => (index === 0 ? line : `  ${line}`));
  if (right === '') return lines;
  const last = lines.at(-1) ?? '';
  const gap = page.width - columnsOf(last) - columnsOf(right);
  return gap >= 2 ? [...lines.slice(0, -1), `${last}${' '.repeat(gap)}${right}`] : [...lines, `  ${right}`];
}
