/** Makes facts: each one once, as soon as what it needs is known. Knows no fact and nothing of Kubernetes. */
import type { AnyQuestion, Ask, Kind, Observed, Reason, Subject } from '../../model.ts';
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
/** `round`: of the last question that was waited for; `kinds`: of all that the reading asked. */
interface Outcome {
  readonly observed: Observed<unknown>;
  readonly round: number;
  readonly kinds?: readonly Kind[];
}
/** What is being made, and what goes on when it is there: most facts need no promise, which costs more than they do. */
interface Cell {
  outcome: Outcome | null;
  waiting: (() => void)[] | null;
}
/** What a fact needs, as often as it has subjects. */
interface Plan {
  readonly keys: readonly string[];
  readonly needs: readonly (Fact | Each)[];
  readonly isMaybe: readonly boolean[];
}

const known = <T>(value: T) => ({ ok: true, value }) as const;
const answeredAtOnce: readonly Kind[] = ['clock', 'connection'];
const ofOwnSource: readonly Kind[] = ['file', 'dir', 'key'];

/** Starts an engine. It asks nothing until it is asked for a fact. */
export function begin({ sources, given = new Map(), beneath = {} }: Beginning): Engine {
  const asked: Asked[] = [];
  const cells = new Map<Fact, Map<string, Cell>>();
  const lists = new Map<Fact, Cell>();
  const shared = new Map<Fact, Map<string, Cell>>();
  const plans = new Map<Fact, Plan>();
  const items = new Map<Scope, ReadonlyMap<string, unknown>>();
  const answers = new Map<string, { readonly round: number; readonly answer: Promise<Observed<unknown>> }>();
  const reasons = new WeakMap<object, Reason>();

  const cellOf = (fact: Fact, name: string): Cell =>
    cellIn(
      once(cells, fact, () => new Map()),
      name,
      (cell) => make(fact, name, cell),
    );
  const needed = (need: Fact | Each, name: string): Cell =>
    'each' in need ? cellIn(lists, need.each, (cell) => every(need.each, cell)) : cellOf(need, need.of.list ? name : '');

  function every(fact: Fact, cell: Cell) {
    const subjects = fact.of.list ? [cellOf(fact.of.list, '')] : [];
    when(subjects, () => {
      const list = subjects[0]?.outcome ?? { observed: known([null]), round: 0 };
      if (!list.observed.ok) return settle(cell, list);
      const names = (list.observed.value as readonly unknown[]).map((item) => fact.of.nameOf(item));
      const each = names.map((name) => cellOf(fact, name));
      when(each, () => {
        const found = each.map((one, index) => ({ name: names[index], observed: outcomeOf(one).observed }));
        settle(cell, { observed: known(found), round: roundOf(list.round, each) });
      });
    });
  }

  function make(fact: Fact, name: string, cell: Cell) {
    if (given.has(fact)) return settle(cell, { observed: known(given.get(fact)), round: 0 });
    const self: Reason = { fact: fact.name, subject: { scope: fact.of.name as Subject['scope'], name } };
    const { keys, needs, isMaybe } = once(plans, fact, () => planOf(fact));
    const own = needs.map((need) => needed(need, name));
    when(own, () => {
      const round = roundOf(0, own);
      const lacking = own.find((one, index) => !isMaybe[index] && !outcomeOf(one).observed.ok);
      if (lacking) return explain(fact, self, { observed: outcomeOf(lacking).observed, round }, cell);
      const handedFor = (index: number): unknown => {
        const { observed } = outcomeOf(own[index] as Cell);
        return isMaybe[index] || !observed.ok ? observed : observed.value;
      };
      const handed: Record<string, unknown> = {};
      for (let index = 0; index < keys.length; index += 1) handed[keys[index] as string] = handedFor(index);
      const item = fact.of.list && once(items, fact.of, () => byName(fact.of, handedFor(keys.length) as readonly unknown[])).get(name);
      const key = fact.per?.(handed);
      if (key === undefined) return read(fact, self, item, handed, round, (outcome) => explain(fact, self, outcome, cell));
      const one = cellIn(
        once(shared, fact, () => new Map()),
        key,
        (reading) => read(fact, self, item, handed, round, (outcome) => settle(reading, outcome)),
      );
      when([one], () => explain(fact, self, { ...outcomeOf(one), round: roundOf(round, [one]) }, cell));
    });
  }

  function read(fact: Fact, by: Reason, item: unknown, handed: object, round: number, done: (outcome: Outcome) => void): void {
    const seen: { round: number; readonly kinds: Kind[] } = { round, kinds: [] };
    const broken = (error: unknown): Observed<unknown> => ({
      ok: false,
      why: 'malformed',
      message: `fact ${fact.name} broke, which is a bug of aggctl: ${(error as Error).message}`,
    });
    const end = (observed: Observed<unknown>) => done({ observed, ...seen });
    let observed: Observed<unknown> | Promise<Observed<unknown>>;
    try {
      observed = fact.read(handed, door(fact, by, item, seen), item);
    } catch (error) {
      observed = broken(error);
    }
    if (observed instanceof Promise) observed.catch(broken).then(end);
    else end(observed);
  }

  /** The sources as one reading sees them. A question that it asks after an answer is asked a round later. */
  function door(fact: Fact, by: Reason, item: unknown, seen: { round: number; readonly kinds: Kind[] }): Ask {
    const ask = async (question: AnyQuestion) => {
      const source = (ofOwnSource.includes(question.kind) && fact.of.sourceOf?.(item)) || 0;
      const { round, answer } = once(answers, `${source} ${JSON.stringify(question)}`, () => {
        const one = { question, by, round: seen.round + (answeredAtOnce.includes(question.kind) ? 0 : 1) };
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
  function explain(fact: Fact, self: Reason, { observed, round, kinds = [] }: Outcome, cell: Cell) {
    if (observed.ok) return settle(cell, { observed, round });
    if (reasons.has(observed)) return settle(cell, { observed: because(observed), round });
    const under = kinds.flatMap((kind) => beneath[kind] ?? []).filter((one) => one !== fact);
    const lower = under.map((one) => cellOf(one, ''));
    when(lower, () => {
      const missing = lower.map(outcomeOf).find((one) => !one.observed.ok);
      if (missing) return settle(cell, { observed: because(missing.observed), round });
      const { because: _, ...own } = observed;
      if (!fact.internal) reasons.set(own, self);
      settle(cell, { observed: own, round });
    });
  }
  function because(observed: Observed<unknown>): Observed<unknown> {
    const reason = reasons.get(observed);
    if (observed.ok || observed.because || !reason) return observed;
    const told = { ...observed, because: reason };
    reasons.set(told, reason);
    return told;
  }

  function get(need: Need, name = ''): Promise<Observed<unknown>> {
    const cell = needed('maybe' in need ? need.maybe : need, name);
    const value = () => ('maybe' in need ? known(outcomeOf(cell).observed) : outcomeOf(cell).observed);
    return new Promise((resolve) => when([cell], () => resolve(value())));
  }
  return { get: get as Engine['get'], asked };
}

/** The list of a fact's subjects comes last. */
const planOf = ({ needs, of: { list } }: Fact): Plan => {
  const own: readonly Need[] = [...Object.values(needs), ...(list ? [list] : [])];
  return {
    keys: Object.keys(needs),
    needs: own.map((need) => ('maybe' in need ? need.maybe : need)),
    isMaybe: own.map((need) => 'maybe' in need),
  };
};
const byName = ({ nameOf }: Scope, subjects: readonly unknown[]) => new Map(subjects.map((one) => [nameOf(one), one]));

/** Only of a cell that is settled. */
const outcomeOf = ({ outcome }: Cell): Outcome => outcome as Outcome;
const roundOf = (least: number, cells: readonly Cell[]): number => cells.reduce((most, one) => Math.max(most, outcomeOf(one).round), least);

function settle(cell: Cell, outcome: Outcome): void {
  const { waiting } = cell;
  cell.outcome = outcome;
  cell.waiting = null;
  for (const go of waiting ?? []) go();
}
/** Goes on as soon as all cells are settled: at once when they are. */
function when(needed: readonly Cell[], go: () => void): void {
  let missing = 1;
  const one = () => {
    missing -= 1;
    if (missing === 0) go();
  };
  for (const cell of needed)
    if (!cell.outcome) {
      missing += 1;
      cell.waiting ??= [];
      cell.waiting.push(one);
    }
  one();
}
/** The cell of this key, which `start` begins to make. */
function cellIn<K>(done: Map<K, Cell>, key: K, start: (cell: Cell) => void): Cell {
  const found = done.get(key);
  if (found) return found;
  const cell: Cell = { outcome: null, waiting: null };
  done.set(key, cell);
  start(cell);
  return cell;
}
function once<K, V>(done: Map<K, V>, key: K, make: () => V): V {
  const found = done.get(key) ?? make();
  done.set(key, found);
  return found;
}
