/** What can be typed next: from the words so far, by the definitions of the commands. Pure. */
import type { Argument, Command, Option } from 'commander';

/** A word, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}
/** What only the world knows: ids of checks, names in the cluster, contexts of the kubeconfig, or files, which the shell itself completes. */
export type Kind = 'checks' | 'demos' | 'apiservices' | 'contexts' | 'clusters' | 'users' | 'files' | 'folders' | 'nothing';
export interface Asked {
  readonly candidates: readonly Candidate[];
  /** Candidates of this kind belong to them. */
  readonly kind: Kind;
  /** What stands before the candidates of that kind in the same word, as in `--context=`. */
  readonly prefix: string;
  /** Options with the values that were given, for whoever asks the cluster. */
  readonly given: Readonly<Record<string, string>>;
}

/** `words`: those after the program's name, the last one incomplete or ''. */
export function candidatesOf(root: Command, words: readonly string[]): Asked {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = root.commands.find((one) => one.name() === before[0]);
  if (!command) return { ...none, candidates: before.length === 0 ? commandsOf(root) : [] };
  const { options, registeredArguments } = command;
  const given = valuesIn(before.slice(1), options);
  const pending = waiting(before.at(-1), options);
  if (pending) return { ...valuesOf(pending), given };
  const [name = '', value] = current.split(/=(.*)/s);
  const assigned = value === undefined ? undefined : options.find(({ long }) => long === name);
  if (assigned) {
    const asked = valuesOf(assigned);
    return { ...asked, candidates: asked.candidates.map((one) => ({ ...one, value: `${name}=${one.value}` })), prefix: `${name}=`, given };
  }
  if (current.startsWith('-')) return { ...none, candidates: options.flatMap(optionNamed), given };
  return { ...none, kind: kindOfArgument(registeredArguments[0]), candidates: choicesOf(registeredArguments[0]), given };
}

const none = { candidates: [], kind: 'nothing', prefix: '', given: {} } as const;

const commandsOf = (root: Command): readonly Candidate[] =>
  root
    .createHelp()
    .visibleCommands(root)
    .map((one) => ({ value: one.name(), description: one.description() }));

const optionNamed = ({ long, hidden, description }: Option): readonly Candidate[] =>
  long && !hidden ? [{ value: long, description }] : [];

/** The option whose value is the next word. */
const waiting = (word: string | undefined, options: readonly Option[]): Option | undefined =>
  options.find((one) => (one.required || one.optional) && (one.long === word || one.short === word));

function valuesIn(words: readonly string[], options: readonly Option[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [index, word] of words.entries()) {
    const [name = '', value] = word.split(/=(.*)/s);
    const option = options.find(({ long, short }) => long === name || short === name);
    const text = value ?? words[index + 1];
    if (option?.required && text !== undefined) found[option.attributeName()] = text;
  }
  return found;
}

function valuesOf({ argChoices, flags, long }: Option): Pick<Asked, 'candidates' | 'kind' | 'prefix'> {
  if (argChoices) return { ...none, candidates: argChoices.map((value) => ({ value, description: '' })) };
  const placeholder = /[<[](.+?)[>\]]/.exec(flags)?.[1] ?? '';
  return { ...none, kind: byOption[long ?? ''] ?? byPlaceholder[placeholder] ?? 'nothing' };
}
const byOption: Readonly<Record<string, Kind>> = {
  '--demo': 'demos',
  '--context': 'contexts',
  '--cluster': 'clusters',
  '--user': 'users',
};
const byPlaceholder: Readonly<Record<string, Kind>> = { file: 'files', dir: 'folders', id: 'checks' };

const kindOfArgument = (argument: Argument | undefined): Kind =>
  argument
    ? (({ names: 'apiservices', check: 'checks', file: 'files' } as Readonly<Record<string, Kind>>)[argument.name()] ?? 'nothing')
    : 'nothing';
const choicesOf = (argument: Argument | undefined): readonly Candidate[] =>
  (argument?.argChoices ?? []).map((value) => ({ value, description: '' }));
