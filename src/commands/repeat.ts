/** Repeated runs: until all is healthy (`--wait`), or until interrupted (`--watch`). */

import type { Gathered } from '../check.ts';
import { checks } from '../checks/index.ts';
import { counted, type ExitRules, reportOf } from '../exit-code.ts';
import { duration, list, moment, plural } from '../format.ts';
import type { CheckedApiService, Event, Finding, Report } from '../model.ts';
import { concernsOf } from '../run/concerns.ts';
import { UsageError } from '../usage-error.ts';
import type { SourceOptions } from './open-source.ts';
import type { Look, Repeating } from './surroundings.ts';

/** Pause between two runs, milliseconds; never shorter than a run takes, which spares a slow cluster. */
const interval = 2_000;
/** This many changes within this span (milliseconds) are called flapping. */
const flapping = { changes: 4, within: 120_000 };

/** Throws a UsageError where nothing changes from one run to the next. */
export function refuseRepeating(option: '--wait' | '--watch', { snapshot, demo, record, nodes }: SourceOptions): void {
  if (snapshot || demo !== undefined) throw new UsageError(`${option} needs a live cluster: remove ${snapshot ? '--snapshot' : '--demo'}`);
  const once = record ? '--record saves a single run' : nodes ? '--nodes reads the nodes in a single run' : null;
  if (once) throw new UsageError(`${once}, and ${option} repeats it: remove one of them`);
}

/** The state of one APIService, or of a problem, in a sentence; `key` changes with the state, but not with an age in the sentence. */
interface State {
  readonly name: string;
  readonly key: string;
  readonly says: string;
  readonly well: boolean;
}

const words: Readonly<Record<CheckedApiService['state'], string>> = {
  serves: 'serves',
  fails: 'does not serve',
  'in-transition': 'is in transition: its condition and a real request disagree',
  local: 'is local: kube-apiserver serves it itself',
  absent: 'does not exist',
  unknown: 'could not be checked',
};

/** Without a name: nobody knows which APIServices there are. */
const unlisted = (why: string): State => ({ name: '', key: `unlisted ${why}`, says: `APIServices cannot be listed: ${why}`, well: false });

/** What keeps the whole layer from being healthy: problems that set exit status 1, and what does not answer. */
export function problemsOf({ diagnosis }: Look, { failOn, allowIncomplete }: ExitRules): readonly State[] {
  const problems = diagnosis.findings
    .filter(({ severity }) => counted(failOn).includes(severity))
    .map(({ id, subject, message }) => ({ name: id, key: subject.name, says: `${message.slice(0, -1)} (${id})`, well: false }));
  const silent = allowIncomplete ? [] : diagnosis.unavailable.filter(({ why }) => why === 'unreachable');
  return [...problems, ...silent.map(({ fact, message }) => ({ name: fact, key: '', says: message.slice(0, -1), well: false }))];
}

/** An APIService is well if it serves requests and has no finding of a severity that sets exit status 1. */
function statesOf({ checked, diagnosis, gathered }: Look, { failOn }: Pick<ExitRules, 'failOn'>): readonly State[] {
  if (checked.length === 0 && diagnosis.unlisted !== undefined) return [unlisted(diagnosis.unlisted)];
  const concerns = concernsOf(diagnosis.findings);
  return checked.map(({ name, state }) => {
    const findings = (concerns.get(name) ?? []).map(({ finding }) => finding);
    const first = findings.find(({ severity }) => counted(failOn).includes(severity)) ?? (state === 'fails' ? findings[0] : undefined);
    const unseen =
      state === 'unknown' ? (diagnosis.unlisted ?? diagnosis.unavailable.find(({ why }) => why !== 'excluded')?.message) : undefined;
    const reason = first ? `${meaningOf(first, name, gathered) ?? first.message.slice(0, -1)} (${first.id})` : unseen;
    return {
      name,
      key: `${state} ${first?.id ?? unseen ?? ''}`,
      says: `${name} ${words[state]}${reason ? `: ${reason}` : ''}`,
      well: (state === 'serves' || state === 'local') && !first,
    };
  });
}

/** The meaning of the failure's signature, where the finding only says that the APIService does not serve. */
function meaningOf({ id }: Finding, name: string, { apiservice }: Gathered): string | undefined {
  const failure = apiservice.ok ? apiservice.value.find(({ subject }) => subject.name === name)?.facts.failure : undefined;
  const isVague = checks.find((check) => check.id === id)?.hopByText;
  return isVague && failure?.ok ? failure.value?.meaning : undefined;
}

/** Repeats until all is well, or for `limit` milliseconds: then the last diagnosis gets status 124. */
export async function* waiting(
  look: () => Promise<Look>,
  limit: number,
  rules: ExitRules,
  { signal, now, sleep }: Repeating,
  of: (seen: Look, rules: ExitRules) => readonly State[] = statesOf,
): AsyncGenerator<Event, Report> {
  const start = now().getTime();
  let known = '';
  for (;;) {
    const began = now().getTime();
    const seen = await look();
    const left = of(seen, rules).filter(({ well }) => !well);
    const end = now().getTime();
    if (left.length === 0) return reportOf(seen.diagnosis, seen.status);
    const [first] = left;
    const others =
      left.length > 1
        ? `, and ${left.length - 1} more: ${list(
            left.slice(1).map(({ name }) => name),
            { most: 3 },
          )}`
        : '';
    const key = left.map((state) => `${state.name} ${state.key}`).join('\n');
    const message = `${first?.says}${others}`;
    yield key === known
      ? { kind: 'progress', message: `${duration(end - start)} of ${duration(limit)}: ${message}` }
      : { kind: 'state', message };
    known = key;
    const rest = start + limit - end;
    if (rest <= 0) return reportOf(seen.diagnosis, 124);
    await sleep(Math.min(rest, Math.max(interval, end - began)));
    signal.throwIfAborted();
  }
}

const listedAgain: State = { name: '', key: 'listed', says: 'APIServices can be listed again', well: true };

/** Prints each change with its time, and which APIServices flap. Ends only with the signal. */
export async function* watching(look: () => Promise<Look>, { signal, now, sleep }: Repeating): AsyncGenerator<Event, never> {
  const known = new Map<string, { readonly key: string; readonly changes: readonly number[] }>();
  for (;;) {
    const began = now().getTime();
    const seen = await look();
    const at = now();
    const states = statesOf(seen, { failOn: 'error' });
    const isListed = seen.diagnosis.unlisted === undefined;
    const gone = [...known.keys()]
      .filter((name) => isListed && !states.some((state) => state.name === name))
      .map((name): State => (name === '' ? listedAgain : { name, key: 'gone', says: `${name} is gone`, well: false }));
    for (const { name, key, says } of [...gone, ...states]) {
      const before = known.get(name);
      if (before?.key === key) continue;
      const changes = [...(before?.changes ?? []), ...(before ? [at.getTime()] : [])].filter(
        (time) => at.getTime() - time < flapping.within,
      );
      const flaps =
        changes.length >= flapping.changes
          ? `; it flaps: ${plural(changes.length, 'change')} within ${duration(at.getTime() - (changes[0] ?? 0))}`
          : '';
      yield { kind: 'change', message: `${moment(at)} ${says}${flaps}` };
      known.set(name, { key, changes });
    }
    yield {
      kind: 'progress',
      message: `${moment(at)} ${list(
        states.map(({ says }) => says),
        { most: 1 },
      )}`,
    };
    await sleep(Math.max(interval, at.getTime() - began));
    signal.throwIfAborted();
  }
}
