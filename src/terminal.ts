/** The only writer of stdout and stderr. */
import { answeredYes } from './interaction.ts';
import type { Event } from './model.ts';
import type { Style } from './render/index.ts';
import { sanitize } from './render/sanitize.ts';
import { UsageError } from './usage-error.ts';

type Options = Readonly<Record<string, never>>;

/** Resolves once the text is written: process.exit would cut off what a pipe has not received yet. */
const write = (stream: NodeJS.WriteStream, text: string): Promise<void> => new Promise((resolve) => stream.write(text, () => resolve()));

/** Writes to stdout. */
export const print = (text: string): Promise<void> => {
  clear();
  return write(process.stdout, text);
};

/** Writes lines to stderr. What a server, a file or an argument said in them is shown, never obeyed. */
export const say = (lines: string): Promise<void> => {
  clear();
  return write(process.stderr, lines.split('\n').map(sanitize).join('\n'));
};

/** On a terminal, progress overwrites one line; a pipe gets one line for each change. */
export async function tell(kind: Event['kind'], line: string): Promise<void> {
  if (kind === 'change') await print(line);
  else if ((kind === 'progress' || kind === 'state') && changing()) draw(line);
  else if (kind !== 'progress') await say(line);
}
const changing = (): boolean => Boolean(process.stderr.isTTY) && process.env.TERM !== 'dumb';
/** Whether the last line on the terminal is a progress line. */
let drawn = false;
function draw(line: string): void {
  clear();
  drawn = true;
  void write(process.stderr, [...sanitize(line.trimEnd())].slice(0, Math.max(20, (process.stderr.columns || 80) - 1)).join(''));
}
/** Removes the progress line. */
export function clear(): void {
  if (drawn) void write(process.stderr, '\r\x1b[K');
  drawn = false;
}

let drawing: NodeJS.Timeout | undefined;
/** On a terminal, draws each second what there is to say, until `still`. It keeps no process running. */
export function watch(line: () => string | null): void {
  if (!changing()) return;
  drawing = setInterval(() => {
    const text = line();
    if (text !== null) draw(text);
  }, 1000).unref();
}
/** Draws nothing from now on. */
export function still(): void {
  clearInterval(drawing);
  clear();
}

/** Asks a question on the terminal; an abort counts as a no. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  await say(`${question} [y/N] `);
  return answeredYes(process.stdin, signal);
}

/** How the options and the terminal want a report to look. `name`: what aggctl is called here. */
export async function styleOf(options: Options, name: string): Promise<Style> {
  const { colorLevel } = await import('./render/paint.ts');
  const flag = options.color === (false as never) ? 'never' : options.color;
  const terminal = Boolean(process.stdout.isTTY);
  return {
    color: colorLevel({ flag, env: process.env, isTTY: terminal }),
    width: process.stdout.columns || Number(process.env.COLUMNS) || 80,
    ascii: Boolean(options.ascii),
    verbosity: options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal',
    terminal,
    name,
    headers: options.headers !== (false as never),
  };
}

/** What a person is told of whatever ended aggctl, which is called by this name; of a bug in it with the lines that a report needs. */
export function sentenceOf(error: unknown, name: string): string {
  if (error instanceof UsageError) return sanitize(error.as(name));
  const { code = '', stack = String(error) } = error as Partial<NodeJS.ErrnoException>;
  if (/^E[MN]FILE$/.test(code)) return 'too many open files: raise the limit, for example with ulimit -n 1024';
  return `this is a bug in aggctl; please report it with these lines:\n${stack}`;
}
