/** How to correct a word of the command line, in a sentence. */
import type { LineAdvice } from '../../model.ts';

/** Imperative, without the full stop. */
export function correction(advice: LineAdvice): string {
  switch (advice.is) {
    case 'write':
      return `Write ${advice.words}`;
    case 'write-dashes':
      return `Write ${advice.words} with two plain dashes`;
    case 'join-switch':
      return `Write the switch before ${advice.words} and its value as one item, with a =`;
    case 'join-or-remove':
      return `Remove ${advice.words}, or append it to a flag with = as its value`;
    case 'write-without-space':
      return `Write --${advice.name} without the space after its name`;
    case 'set-switch':
      return `Write --${advice.name}=true or --${advice.name}=false`;
    case 'give-value':
      return `Write --${advice.name}=VALUE, or remove the flag`;
    case 'remove':
      return `Remove ${advice.words ?? 'it'}`;
  }
}
