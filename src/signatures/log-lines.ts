/** Lines of logs as programs wrote them: without what the container runtime puts around them, and with the text that Go and klog quote. */
import { date, object, parseJson, string } from '../decode.ts';

export interface LogLine {
  readonly text: string;
  /** As the log holds it, be it over several lines. */
  readonly raw: string;
  /** When it was written, as the container runtime or the API says; null: neither does. */
  readonly at: Date | null;
}

/** How much of a line is read: a program may write megabytes without a line break. */
const longest = 65_536;
/** How many lines klog gives one value. */
const mostLines = 200;

/** Each line that is not empty. One that the container runtime cut stands whole, and a value that klog writes over several lines stands quoted in one. */
export function linesOf(log: string): readonly LogLine[] {
  const lines = whole(log.split('\n').map(undressed));
  const found: LogLine[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const start = index;
    let line = lines[index] as LogLine;
    for (let value = valueBelow(lines, index); value !== null; value = valueBelow(lines, index, line)) {
      index += value.length + 1;
      line = { ...line, text: `${line.text.slice(0, -1)}${JSON.stringify(value.join('\n'))}${lines[index]?.text.slice(2)}` };
    }
    const raw = lines.slice(start, index + 1).map((one) => one.raw);
    if (line.text !== '') found.push({ ...line, raw: raw.join('\n') });
  }
  return found;
}

/** The value of a line that ends in `key=<`, in the indented lines below it up to ` >` (k8s.io/klog v2.140.0, internal/serialize/keyvalues.go). */
function valueBelow(lines: readonly LogLine[], index: number, { text } = lines[index] as LogLine): readonly string[] | null {
  if (!text.endsWith('=<')) return null;
  const below = lines.slice(index + 1, index + 2 + mostLines);
  const end = below.findIndex((line) => !line.text.startsWith('\t'));
  return below[end]?.text.startsWith(' >') ? below.slice(0, end).map((line) => line.text.slice(1)) : null;
}

/** A piece of a line, and the stream on which the rest follows; null: there is none. */
interface Piece extends LogLine {
  readonly goesOn: string | null;
  readonly stream: string;
}

const dockerLine = object({ log: string, stream: string, time: string });

/** CRI and the API put a time before a line, Docker makes JSON of it. Both mark a line of more than 16 KiB, which they cut. */
function undressed(line: string): Piece {
  if (line.startsWith('{"log":')) {
    const { log, stream = '', time } = dockerLine(parseJson(line)) ?? {};
    if (log !== undefined) return { text: log, raw: line, at: date(time) ?? null, stream, goesOn: log.endsWith('\n') ? null : stream };
  }
  const [dress = '', stamp, stream = '', tag] = /^(\d{4,}-\d\d-\d\dT\S+) (?:(stdout|stderr) ([FP])(?::\S*)? )?/.exec(line) ?? [];
  return { text: line.slice(dress.length), raw: line, at: date(stamp) ?? null, stream, goesOn: tag === 'P' ? stream : null };
}

/** Pieces put together: two streams may alternate. What follows a cut line that never ends is lost with the log. */
function whole(pieces: readonly Piece[]): readonly LogLine[] {
  const begun = new Map<string, LogLine>();
  const lines: LogLine[] = [];
  for (const { text, raw, at, stream, goesOn } of pieces) {
    const first = begun.get(stream);
    const line = { text: `${first?.text ?? ''}${text}`.slice(0, longest), raw: first ? `${first.raw}\n${raw}` : raw, at: first?.at ?? at };
    if (goesOn === null) {
      begun.delete(stream);
      lines.push(line);
    } else begun.set(stream, line);
  }
  return [...lines, ...begun.values()].map((line) => ({ ...line, text: line.text.trimEnd() }));
}

/** The time in klog's header, which lacks the year: the newest such time that is not after `now`, give or take a day. null: there is none. */
export function klogTime(text: string, now: Date): Date | null {
  const [, month, day, clock] = /^[IWEF](\d\d)(\d\d) ([\d:.]+) /.exec(text) ?? [];
  const year = now.getUTCFullYear();
  const candidates = [year + 1, year, year - 1].flatMap((each) => date(`${each}-${month}-${day}T${clock}Z`) ?? []);
  return candidates.find((at) => at.getTime() - now.getTime() < 86_400_000) ?? null;
}

const opened = '"(?:[^"\\\\]|\\\\.)*';
const quoted = new RegExp(`(?<!\\\\)${opened}"?`, 'gs');

/** The value of a key as klog writes it, `key="value"`; null: there is none that is quoted. */
export function klogValue(text: string, key: string): string | null {
  const [, value] = new RegExp(`(?:^| )${key}=(${opened})`, 's').exec(text) ?? [];
  return value === undefined ? null : unescaped(value).slice(1);
}

/** The line with every text that Go quotes as it was before: `\"` is `"`. */
export const unescaped = (text: string): string =>
  text.replace(quoted, (each) => (each.includes('\\') ? each.replace(escapes, plain) : each));

/** strconv.Unquote of Go; bytes stand together, because several make one character. */
const escapes = /((?:\\x[\da-fA-F]{2}|\\[0-7]{3})+)|\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})|\\(.)/gs;
const letters: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
function plain(whole: string, bytes?: string, short?: string, long?: string, letter = ''): string {
  if (bytes) return Buffer.from((bytes.match(/x..|\d{3}/g) ?? []).map(byteOf)).toString();
  const code = Number.parseInt(short ?? long ?? '', 16);
  if (Number.isNaN(code)) return letters[letter] ?? letter;
  return code > 0x10_ff_ff ? whole : String.fromCodePoint(code);
}
const byteOf = (text: string): number => (text.startsWith('x') ? Number.parseInt(text.slice(1), 16) : Number.parseInt(text, 8));
