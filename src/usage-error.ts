/** Wrong usage: one sentence for the user, exit status 2. Thrown by commands, caught by cli.ts alone. */
import type { Command } from 'commander';

export class UsageError extends Error {
  /** The sentence, where aggctl is called by this name. */
  readonly as: (name: string) => string;
  constructor(says: string | ((name: string) => string)) {
    const as = typeof says === 'string' ? () => says : says;
    super(as('aggctl'));
    this.as = as;
  }
}

/** What aggctl is called here, and the command that was typed, whose help tells more. */
interface Called {
  readonly name: string;
  readonly asked: string;
}
/** Turns commander's errors, which take several lines, into a UsageError of one line that points to the help. */
export const inSentences = (to: Command, { name, asked }: Called): Command =>
  to.exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    if (error.code === 'commander.help') throw new UsageError(`no command given; try: ${name} doctor --demo (commands: ${name} --help)`);
    const reason = error.message
      .replace(/^error: /, '')
      .replace('\n(Did', ' (did')
      .replace(/\.$/, '')
      .replace(
        /^command-argument value '(.*)' is invalid for argument '(\w+)'\. Allowed choices are (.*)$/s,
        "unknown $2 '$1' (known are $3)",
      );
    throw new UsageError(`${reason}; see: ${asked} --help`);
  });
