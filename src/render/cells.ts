/** Cells of a table: their text, and the lines of it that a column is wide enough for. Pure. */
import { list } from '../format.ts';
import type { Cell, Column, MarkedText } from '../model.ts';
import { columnsOf } from './layout.ts';

export const headingOf = (column: Column): string => (typeof column === 'string' ? column : column.name);
export const markedOf = (cell: Cell): MarkedText => (typeof cell === 'string' ? { text: cell } : cell);
export const textOf = (cell: Cell): string => markedOf(cell).text;

/** A text for a line of columns with two spaces or more between them: nothing is `<none>`, as in kubectl, and a run of spaces does not look like two columns. */
export const shown = (text: string): string =>
  text.trim() === '' ? '<none>' : text.trim().replace(/ {2,}/g, (run) => ` ${'\\x20'.repeat(run.length - 1)}`);

/** What is said of columns for which there is no room. */
export const moreOf = (headings: readonly string[]): string => `-o wide also shows ${list(headings)}.`;

/** A moment stays on its line. */
const wordsOf = (text: string): readonly string[] => text.match(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ|\S+/g) ?? [''];
export const longestWord = (text: string): number => Math.max(...wordsOf(text).map(columnsOf));

const graphemes = new Intl.Segmenter();
/** Where a line ends, best first: at a space outside of a moment, between the parts of a path, a list or a query, within a name. */
const ends = [/^.*(?<!\d{4}-\d\d-\d\d) /su, /^.*[/,;=&?]/su, /^.*[:@.-]/su];

/**
 * Lines of at most this many columns, of which none but the last is less than a third full; all but the first are indented by `hang`. Nothing is
 * left out but the spaces between them.
 */
export function linesOf(text: string, columns: number, hang = 0): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let filled = 0;
  for (const { segment } of graphemes.segment(columnsOf(text) <= columns ? '' : text)) {
    const width = columnsOf(segment);
    const room = lines.length === 0 ? columns : columns - hang;
    if (line !== '' && filled + width > room) {
      const heads = segment === ' ' ? [line] : ends.flatMap((end) => end.exec(line) ?? []);
      const head = heads.find((one) => columnsOf(one) * 3 >= room) ?? line;
      lines.push(head.trimEnd());
      line = line.slice(head.length);
      filled = columnsOf(line);
    }
    // The space between two lines.
    if (line === '' && segment === ' ') continue;
    line += segment;
    filled += width;
  }
  const [first = text, ...rest] = lines.length === 0 ? [] : [...lines, line];
  return [first, ...rest.map((one) => ' '.repeat(hang) + one)];
}
