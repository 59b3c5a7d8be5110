/** Commands for a POSIX shell, safe to paste whatever their values are. Pure. */
import type { Command } from './model.ts';

/** What stands in a command: one word or a part of one, several words, or a command that `sh` made. */
type Value = string | number | readonly (string | number)[] | { readonly command: Command };

/** The longest path on Linux. A longer value is cut, because nothing has such a name. */
const longest = 4096;
/** Controls, formats (bidirectional, zero-width), separators of lines and paragraphs, lone surrogates. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** zsh expands `=NAME` at the start of a word. */
const safeWord = /^[\w@%+:,./][\w@%+=:,./-]*$/;
/** To vi, a flag of kube-apiserver means nothing. */
const flagInVi = /^--[a-z][\w%+=:,./-]*$/;

/**
 * A command from a template: sh`kubectl -n ${namespace} get pod ${name}`. Each value is quoted unless it is plainly safe, without its
 * control and invisible characters. `--name=${a}:${b}` stays one word; a list makes several words. In a comment, values are quoted too,
 * because zsh reads comments as arguments, and none of their words is a flag.
 *
 * A value that starts a word belongs to the word before if that is a flag without `=` and digits (`-n`, not `-A1`), or a redirection. Any
 * other value is an operand, as are those of a list, and `--` precedes it if it starts with `-`. So write `--` yourself between a flag without a value and an operand.
 *
 * Throws an Error if a value stands inside quotes: write -o jsonpath=${`{.data.${key}}`} or -p ${JSON.stringify(patch)}.
 */
export function sh(texts: TemplateStringsArray, ...values: readonly Value[]): Command {
  const reader = new Reader();
  let command = '';
  const add = (text: string) => {
    reader.read(text);
    command += text;
  };
  for (const [index, text] of texts.entries()) {
    add(text);
    const value = values[index];
    if (value === undefined) continue;
    if (reader.quote !== '') throw new Error(`sh: a value stands inside quotes, behind: ${text}`);
    if (typeof value === 'object' && 'command' in value) {
      add(value.command);
      continue;
    }
    const words = (Array.isArray(value) ? value : [value]).map(shown);
    if (reader.takesOperand(Array.isArray(value)) && words.some((word) => word.startsWith('-'))) add('-- ');
    command += words.map((word) => (reader.comment ? remark(word, reader.edits) : quote(word))).join(' ');
    reader.passValue();
  }
  return command as Command;
}

function shown(value: string | number): string {
  const text = String(value).replace(hidden, '');
  return text.length > longest ? `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

const quote = (text: string): string => (safeWord.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
/** As quotes do not keep a word from being a flag, a space does. */
const remark = (text: string, inVi: boolean): string => {
  const plain = text.split(' ').every((word) => /^=?$/.test(word) || safeWord.test(word) || (inVi && flagInVi.test(word)));
  return plain ? text : quote(text.replace(/^-/, ' -'));
};

/** Where in a command a value stands. */
class Reader {
  quote: "'" | '"' | '' = '';
  comment = false;
  /** The word that has begun, and the one before it. */
  private word = '';
  private previous = '';
  private program = '';
  private onlyOperands = false;
  private escaped = false;

  /** The command is vi. */
  get edits(): boolean {
    return this.program === 'vi';
  }
  /** A value here starts a word, and no flag or redirection takes it. No flag takes a list. */
  takesOperand(isList: boolean): boolean {
    const taken = !isList && /^-[^=\d]*$|^\d*[<>]+$/.test(this.previous);
    return this.word === '' && !this.comment && !this.onlyOperands && !taken;
  }

  read(text: string): void {
    for (const character of text) this.step(character);
  }
  /** A value belongs to the word, and makes no flag of it. */
  passValue(): void {
    this.word += 'value';
  }

  private step(character: string): void {
    if (this.escaped) this.escaped = false;
    else if (character === '\\' && this.quote !== "'") this.escaped = true;
    else if (character === this.quote) this.quote = '';
    else if (this.quote === '' && (character === "'" || character === '"')) this.quote = character;
    else if (this.quote === '' && /[\s;&|(#]/.test(character)) {
      this.separate(character);
      return;
    }
    this.word += character;
  }
  private separate(character: string): void {
    if (character !== '#') this.endWord(!/[ \t]/.test(character));
    else if (this.word === '') this.comment = true;
    else this.word += character;
  }
  private endWord(endsCommand: boolean): void {
    if (this.word === '--') this.onlyOperands = true;
    else if (this.word !== '') {
      this.previous = this.word;
      this.program ||= this.word;
    }
    this.word = '';
    if (!endsCommand) return;
    this.previous = '';
    this.program = '';
    this.onlyOperands = false;
    this.comment = false;
  }
}
