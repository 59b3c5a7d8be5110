/** Makes facts: each one once, as soon as what it needs is known. Knows no fact and nothing of Kubernetes. */
import type { AnyQuestion, Ask, Kind, Observed, Reason, Subject } from '../../model.ts';
import { type Cell, keptCell, newCell, observedIn, roundOf, settle, valueIn, wait } from './cells.ts';
import type { Each, Fact, Need, Scope, Value } from './declare.ts';

/** A question, the fact that asked it first, and its round: one more than the latest answer that this fact waited for. */
export interface Asked {
  readonly question: AnyQuestion;
  readonly by: Reason;
  readonly round: number;
}
export interface Engine {
  /** The fact of the cluster, or of the subject with this name. Never throws. */
  get<N extends Need>(need: N, name?: string): Promise<Observed<Value<N>>>;
  readonly asked: readonly Asked[];
}
interface Beginning {
  /** Questions for files go to the subject's own source, all others to the first. */
  readonly sources: readonly Ask[];
  /** Values of facts that are known already. */
  readonly given?: ReadonlyMap<Fact, unknown>;
  /** By the kind of question, the fact that is the reason when an answer is missing and this fact is missing, too. */
  readonly beneath?: Partial<Record<Kind, Fact>>;
}
/** What is made of one fact: for each subject, for all of them, and by key where subjects share a reading. */
interface Made {
  readonly keys: readonly string[];
  readonly needs: readonly { readonly need: Fact | Each; readonly isMaybe: boolean }[];
  readonly cells: Map<string, Cell>;
  readonly readings: Map<string, Cell>;
  readonly lists: Map<string, Cell>;
  readonly ready: (cell: Cell) => void;
}
/** What a reading found, the round of its last answer, and the kinds of its questions. */
type Done = (observed: Observed<unknown>, round: number, kinds: readonly Kind[]) => void;

const known = <T>(value: T) => ({ ok: true, value }) as const;
const answeredAtOnce: readonly Kind[] = ['clock', 'connection'];
const ofOwnSource: readonly Kind[] = ['file', 'dir', 'key'];

/** Starts an engine. It asks nothing until it is asked for a fact. */
export function begin({ sources, given = new Map(), beneath = {} }: Beginning): Engine {
  const asked: Asked[] = [];
  const made = new Map<Fact, Made>();
  const items = new Map<Scope, ReadonlyMap<string, unknown>>();
  const answers = new Map<string, { readonly round: number; readonly answer: Promise<Observed<unknown>> }>();
  const reasons = new WeakMap<object, Reason>();
  const passedOn = new WeakMap<object, Observed<unknown>>();
  const of = (fact: Fact): Made => once(made, fact, () => ({ ...planOf(fact), ready: (cell) => ready(fact, cell) }));

  function cellOf(fact: Fact, name: string): Cell {
    const { cells, needs, ready } = of(fact);
    const found = cells.get(name);
    if (found) return found;
    const cell = keptCell(cells, name);
    if (given.has(fact)) return settle(cell, known(given.get(fact)), 0);
    return wait(
      cell,
      needs.map(({ need }) => needed(need, name)),
      ready,
    );
  }
  const needed = (need: Fact | Each, name: string): Cell => ('each' in need ? every(need.each) : cellOf(need, need.of.list ? name : ''));

  function every(fact: Fact): Cell {
    const { lists } = of(fact);
    const found = lists.get('');
    if (found) return found;
    const subjects = fact.of.list ? cellOf(fact.of.list, '') : settle(newCell(''), known([null]), 0);
    return wait(keptCell(lists, ''), [subjects], (cell) => {
      const list = observedIn(subjects);
      if (!list.ok) return settle(cell, list, subjects.round);
      const each = (list.value as readonly unknown[]).map((item) => cellOf(fact, fact.of.nameOf(item)));
      wait(cell, each, () => settle(cell, known(each.map(({ name, observed }) => ({ name, observed }))), roundOf(subjects.round, each)));
    });
  }

  /** What the fact needs is settled. */
  function ready(fact: Fact, cell: Cell): void {
    const { keys, needs, readings } = of(fact);
    const { own } = cell;
    const round = roundOf(0, own);
    const lacking = own.find((one, index) => !needs[index]?.isMaybe && !observedIn(one).ok);
    if (lacking) {
      explain(fact, cell, observedIn(lacking), round);
      return;
    }
    const handed: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index += 1) handed[keys[index] as string] = valueIn(own[index] as Cell, needs[index]?.isMaybe);
    const item =
      fact.of.list &&
      once(items, fact.of, (scope) => byName(scope, valueIn(own[keys.length] as Cell) as readonly unknown[])).get(cell.name);
    const key = fact.per?.(handed);
    if (key === undefined) {
      read(fact, cell.name, item, handed, round, (...done) => explain(fact, cell, ...done));
      return;
    }
    const shared = readings.get(key);
    const reading = shared ?? keptCell(readings, key);
    if (!shared)
      read(fact, cell.name, item, handed, round, (observed, last, kinds) => settle(Object.assign(reading, { kinds }), observed, last));
    wait(cell, [reading], () => explain(fact, cell, observedIn(reading), Math.max(round, reading.round), reading.kinds));
  }

  function read(fact: Fact, name: string, item: unknown, handed: object, round: number, done: Done): void {
    const seen: { round: number; readonly kinds: Kind[] } = { round, kinds: [] };
    const broken = (error: unknown): Observed<unknown> => ({
      ok: false,
      why: 'malformed',
      message: `what makes \`${fact.name}\` broke, which is a bug of aggctl: report it, with a recording (--record): ${(error as Error).message}`,
    });
    const end = (observed: Observed<unknown>) => done(observed, seen.round, seen.kinds);
    let observed: Observed<unknown> | Promise<Observed<unknown>>;
    try {
      observed = fact.read(handed, door(fact, name, item, seen), item);
    } catch (error) {
      observed = broken(error);
    }
    if (observed instanceof Promise) observed.catch(broken).then(end);
    else end(observed);
  }

  /** The sources as one reading sees them. A question that it asks after an answer is asked a round later. */
  function door(fact: Fact, name: string, item: unknown, seen: { round: number; readonly kinds: Kind[] }): Ask {
    const ask = async (question: AnyQuestion) => {
      const source = (ofOwnSource.includes(question.kind) && fact.of.sourceOf?.(item)) || 0;
      const { round, answer } = once(answers, `${source} ${JSON.stringify(question)}`, () => {
        const one = { question, by: reasonOf(fact, name), round: seen.round + (answeredAtOnce.includes(question.kind) ? 0 : 1) };
        asked.push(one);
        return { round: one.round, answer: (sources[source] as Ask)(question as never) };
      });
      seen.kinds.push(question.kind);
      const observed = await answer;
      seen.round = Math.max(seen.round, round);
      return observed;
    };
    return ask as Ask;
  }

  /** A missing fact with its reason: that of what it passes on, else the fact beneath its questions, else itself. */
  function explain(fact: Fact, cell: Cell, observed: Observed<unknown>, round: number, kinds: readonly Kind[] = []): void {
    if (observed.ok || reasons.has(observed)) return void settle(cell, because(observed), round);
    const under = kinds.flatMap((kind) => beneath[kind] ?? []).filter((one) => one !== fact);
    const lower = under.map((one) => cellOf(one, ''));
    wait(cell, lower, () => {
      const missing = lower.map(observedIn).find((one) => !one.ok && !one.alone);
      if (missing) return settle(cell, because(missing), round);
      const { because: _, ...own } = observed;
      if (!fact.internal) reasons.set(own, reasonOf(fact, cell.name));
      return settle(cell, own, round);
    });
  }
  function because(observed: Observed<unknown>): Observed<unknown> {
    const reason = reasons.get(observed);
    if (observed.ok || observed.because || !reason) return observed;
    const told = once(passedOn, observed, () => ({ ...observed, because: reason }));
    reasons.set(told, reason);
    return told;
  }

  function get(need: Need, name = ''): Promise<Observed<unknown>> {
    const cell = needed('maybe' in need ? need.maybe : need, name);
    return new Promise((resolve) => {
      wait(newCell(''), [cell], () => resolve('maybe' in need ? known(observedIn(cell)) : observedIn(cell)));
    });
  }
  return { get: get as Engine['get'], asked };
}

/** The list of a fact's subjects comes last among its needs. */
const planOf = ({ needs, of: { list } }: Fact): Omit<Made, 'ready'> => ({
  keys: Object.keys(needs),
  needs: [...Object.values(needs), ...(list ? [list] : [])].map((need) => ({
    need: 'maybe' in need ? need.maybe : need,
    isMaybe: 'maybe' in need,
  })),
  cells: new Map(),
  readings: new Map(),
  lists: new Map(),
});
const byName = ({ nameOf }: Scope, subjects: readonly unknown[]) => new Map(subjects.map((one) => [nameOf(one), one]));
const reasonOf = (fact: Fact, name: string): Reason => ({
  fact: fact.name,
  subject: { scope: fact.of.name as Subject['scope'], name },
});

interface Table<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}
function once<K, V>(done: Table<K, V>, key: K, make: (key: K) => V): V {
  const found = done.get(key);
  if (found !== undefined) return found;
  const value = make(key);
  done.set(key, value);
  return value;
}
