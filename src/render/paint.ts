/** Colour and symbols. The only file that knows chalk, and always by an instance: the global one guesses from stdout and ignores NO_COLOR. */
import { Chalk } from 'chalk';

export type ColorFlag = 'auto' | 'always' | 'never';

/**
 * Whether a stream gets colour, 1 or 0. Precedence: `--color` (`--no-color` is `never`), NO_COLOR when not empty, FORCE_COLOR (`0` and
 * `false` forbid it, as in Node) or CLICOLOR_FORCE, then whether this very stream is a terminal and TERM is not `dumb`.
 */
export function colorLevel(stream: {
  readonly flag?: ColorFlag | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTTY: boolean;
}): 0 | 1 {
  const { flag = 'auto', env, isTTY } = stream;
  if (flag !== 'auto') return flag === 'always' ? 1 : 0;
  if (env.NO_COLOR) return 0;
  if (env.FORCE_COLOR) return ['0', 'false'].includes(env.FORCE_COLOR) ? 0 : 1;
  if (env.CLICOLOR_FORCE && env.CLICOLOR_FORCE !== '0') return 1;
  return isTTY && env.TERM !== 'dumb' ? 1 : 0;
}

type Brush = (text: string) => string;
/** What may be painted. A color never adds information to the text. */
export interface Paint {
  readonly error: Brush;
  readonly warning: Brush;
  readonly info: Brush;
  readonly ok: Brush;
  readonly strong: Brush;
  readonly dim: Brush;
  readonly code: Brush;
}
export function paintOf(color: 0 | 1): Paint {
  const chalk = new Chalk({ level: color });
  return {
    error: chalk.red.bold,
    warning: chalk.yellow.bold,
    info: chalk.blue.bold,
    ok: chalk.green,
    strong: chalk.bold,
    dim: chalk.dim,
    code: chalk.cyan,
  };
}

/** The signs of a report. */
export interface Symbols {
  readonly error: string;
  readonly warning: string;
  readonly info: string;
  readonly ok: string;
  /** Neither good nor bad: not checked. */
  readonly none: string;
  readonly dot: string;
  readonly line: string;
  readonly head: string;
}
export const symbolsOf = (ascii: boolean): Symbols =>
  ascii
    ? { error: 'x', warning: '!', info: 'i', ok: 'ok', none: '-', dot: '-', line: '-', head: '>' }
    : { error: '✗', warning: '!', info: 'i', ok: '✓', none: '–', dot: '·', line: '─', head: '▶' };
