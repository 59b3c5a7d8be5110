/** What the unfinished last argument of a command line is. Pure: commander's definitions are the only list of commands and options. */
import type { Argument, Command, Option } from 'commander';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}
/** The arguments before the one that is completed, as the command parses them. */
export interface Before {
  readonly options: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
}
export type Place =
  /** Fixed candidates. */
  | { readonly candidates: readonly Candidate[] }
  /** A value, named as the help names it: `file` or `…-file`, `context`, `names`. */
  | { readonly value: string; readonly before: Before };

/** `typed` ends with the argument that is completed; '' if nothing of it is typed yet. */
export function placeOf(root: Command, typed: readonly string[]): Place {
  const [name = '', ...rest] = typed;
  const help = root.createHelp();
  const commands = {
    candidates: help.visibleCommands(root).map((command) => ({ value: command.name(), description: command.description() })),
  };
  if (rest.length === 0) return name.startsWith('-') ? optionsOf(root) : commands;
  const command = root.commands.find((each) => each.name() === name);
  return command ? within(command, rest) : nothing;
}

const nothing: Place = { candidates: [] };

function within(command: Command, typed: readonly string[]): Place {
  const current = typed.at(-1) ?? '';
  const earlier = typed.slice(0, -1);
  const isOperand = earlier.includes('--');
  const awaiting = isOperand ? undefined : command.options.find((option) => awaits(option, earlier.at(-1), current));
  if (awaiting) return placeIn(awaiting, before(command, earlier.slice(0, -1)), current);
  if (!isOperand && current.startsWith('-')) {
    const [, long, value = ''] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
    const option = command.options.find((each) => each.long === long);
    return option ? placeIn(option, before(command, earlier), value) : long ? nothing : optionsOf(command);
  }
  const known = before(command, earlier);
  const taken = command.registeredArguments;
  const argument = taken[known.operands.length] ?? taken.find(({ variadic }) => variadic);
  return argument ? placeIn(argument, known, current, command.parent?.commands) : nothing;
}

const before = (command: Command, earlier: readonly string[]): Before => {
  const { operands } = command.parseOptions([...earlier]);
  return { options: command.opts(), operands };
};

/** Whether the argument after this one is the option's value. An optional one is not taken from what begins with a dash. */
const awaits = ({ long, short, required, optional }: Option, previous: string | undefined, current: string): boolean =>
  previous !== undefined && (previous === long || previous === short) && (required || (optional && !current.startsWith('-')));

const optionsOf = (command: Command): Place => ({
  candidates: command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ value: long ?? short ?? '', description })),
});

/** A choice that is a command is described as such. */
function placeIn(of: Option | Argument, known: Before, current: string, commands: readonly Command[] = []): Place {
  // FORMAT=FILE, of which the shell completes the file.
  if ('long' in of && of.long === '--output' && /^\w+=/.test(current)) return { value: 'file', before: known };
  const descriptionOf = (value: string) => commands.find((command) => command.name() === value)?.description() ?? '';
  if (of.argChoices) return { candidates: of.argChoices.map((value) => ({ value, description: descriptionOf(value) })) };
  const value = 'flags' in of ? (/[<[]([^\]>]*)[\]>]/.exec(of.flags)?.[1] ?? '') : of.name();
  return { value, before: known };
}
