/**
 * Completion of the command line by the protocol of cobra (github.com/spf13/cobra v1.10, completions.go), which kubectl speaks to
 * `kubectl_complete-aggctl` (k8s.io/kubectl v0.37.2, pkg/cmd/plugin/plugin_completion.go): a line for each candidate, `VALUE<TAB>DESCRIPTION`, and
 * a last one `:DIRECTIVE`. Shells select the candidates that fit.
 */
import type { Command } from 'commander';
import { deadline } from '../cluster/deadline.ts';
import type { Surroundings } from '../commands/surroundings.ts';
import { type Candidate, placeOf } from './place.ts';
import { values } from './values.ts';

/** What a shell does beside offering the candidates: bits, of which the first makes it offer files where there is no candidate. */
const directives = { files: 0, none: 4, directories: 16 } as const;
type Directive = keyof typeof directives;

/** Until a shell gives up on whoever answers, milliseconds. */
const PATIENCE = 2_500;

/** `typed` ends with the unfinished argument. Never fails and never asks anybody: what cannot be had within the time is no candidate. */
export async function complete(root: Command, typed: readonly string[], { env, signal }: Surroundings): Promise<string> {
  const limit = deadline(PATIENCE, signal);
  try {
    const [candidates, directive] = await candidatesFor(root, typed, { env, signal: limit.signal, unattended: true });
    return `${candidates.filter(isWritable).map(line).join('')}:${directives[directive]}\n`;
  } catch {
    return `:${directives.none}\n`;
  } finally {
    limit.clear();
  }
}

async function candidatesFor(
  root: Command,
  typed: readonly string[],
  surroundings: Surroundings,
): Promise<readonly [readonly Candidate[], Directive]> {
  const place = placeOf(root, typed);
  if ('candidates' in place) return [place.candidates, 'none'];
  if (/^(.*-)?file$/.test(place.value)) return [[], 'files'];
  if (place.value === 'dir') return [[], 'directories'];
  const found = (await values[place.value]?.(place.before, surroundings)) ?? [];
  // Of names with commas between them it is the last.
  const [, earlier = ''] = ['check', 'contexts'].includes(place.value) ? (/^(?:--\w+=)?(.*,)/.exec(typed.at(-1) ?? '') ?? []) : [];
  return [found.map((each) => ({ ...each, value: earlier + each.value })), 'none'];
}

/** A line break would be another candidate, and an escape sequence an order to the terminal. */
const isWritable = ({ value }: Candidate): boolean => value !== '' && !/\p{Cc}/u.test(value);

const line = ({ value, description }: Candidate): string => {
  const [first = ''] = description.split('\n');
  return `${value}${first && `\t${first.replace(/\p{Cc}/gu, ' ')}`}\n`;
};
