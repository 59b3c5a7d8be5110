/** Makes facts: each one once, as soon as what it needs is known. Knows no fact and nothing of Kubernetes. */
import type { AnyQuestion, Ask, Kind, Observed, Reason, Subject } from '../../model.ts';
import type { Fact, Need, Scope, Value } from './declare.ts';

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
/** `round`: of the last question that was waited for. */
interface Outcome {
  readonly observed: Observed<unknown>;
  readonly round: number;
}
type Read = Outcome & { readonly kinds: ReadonlySet<Kind> };
/** Promises cost more than most facts, so what is known already comes without one. */
type Soon<T> = T | Promise<T>;

const known = <T>(value: T) => ({ ok: true, value }) as const;
const onlySubject: Outcome = { observed: known([null]), round: 0 };
const answeredAtOnce: readonly Kind[] = ['clock', 'connection'];
const ofOwnSource: readonly Kind[] = ['file', 'dir', 'key'];

/** Starts an engine. It asks nothing until it is asked for a fact. */
export function begin({ sources, given = new Map(), beneath = {} }: Beginning): Engine {
  const asked: Asked[] = [];
  const outcomes = cache<Outcome>();
  const lists = cache<Outcome>();
  const shared = cache<Read>();
  const answers = new Map<string, { readonly round: number; readonly answer: Promise<Observed<unknown>> }>();
  const items = new Map<Scope, ReadonlyMap<string, unknown>>();
  const reasons = new WeakMap<object, Reason>();

  const outcomeOf = (fact: Fact, name: string) => outcomes(fact, name, () => make(fact, name));
  const subjectsOf = ({ list }: Scope) => (list ? outcomeOf(list, '') : onlySubject);

  function outcome(need: Need, name: string): Soon<Outcome> {
    if ('maybe' in need) return then(outcome(need.maybe, name), ({ observed, round }) => ({ observed: known(observed), round }));
    return 'each' in need ? lists(need.each, '', () => every(need.each)) : outcomeOf(need, need.of.list ? name : '');
  }
  const every = (fact: Fact): Soon<Outcome> =>
    then(subjectsOf(fact.of), ({ observed, round }) => {
      if (!observed.ok) return { observed, round };
      const names = (observed.value as readonly unknown[]).map((item) => fact.of.nameOf(item));
      return then(
        all(names, (name) => outcomeOf(fact, name)),
        (outcomes) => ({
          observed: known(outcomes.map((one, index) => ({ name: names[index], observed: one.observed }))),
          round: Math.max(round, ...outcomes.map((one) => one.round)),
        }),
      );
    });

  function make(fact: Fact, name: string): Soon<Outcome> {
    if (given.has(fact)) return { observed: known(given.get(fact)), round: 0 };
    const self: Reason = { fact: fact.name, subject: { scope: fact.of.name as Subject['scope'], name } };
    const needs = [...(fact.of.list ? [fact.of.list] : []), ...Object.values(fact.needs)];
    return then(
      all(needs, (need) => outcome(need, name)),
      (needed) => {
        const round = Math.max(0, ...needed.map((one) => one.round));
        const lacking = needed.find(({ observed }) => !observed.ok);
        if (lacking) return explained(fact, self, { observed: lacking.observed, round, kinds: new Set() });
        const values = needed.map(({ observed }) => (observed as { readonly value?: unknown }).value);
        return then(read(fact, self, values, round), (result) => explained(fact, self, result));
      },
    );
  }

  function read(fact: Fact, by: Reason, values: readonly unknown[], round: number): Soon<Read> {
    const [subjects, own] = fact.of.list ? [values[0] as readonly unknown[], values.slice(1)] : [[null], values];
    const byName = once(items, fact.of, () => new Map(subjects.map((one) => [fact.of.nameOf(one), one])));
    const item = byName.get(by.subject.name);
    const handed = Object.fromEntries(Object.keys(fact.needs).map((key, index) => [key, own[index]]));
    const seen = { round, kinds: new Set<Kind>() };
    const reading = () =>
      then(
        attempt(fact, () => fact.read(handed, door(fact, by, item, seen), item)),
        (observed) => ({ observed, ...seen }),
      );
    const key = fact.per?.(handed);
    if (key === undefined) return reading();
    return then(shared(fact, key, reading), (one) => ({ ...one, round: Math.max(round, one.round) }));
  }

  /** The sources as one reading sees them. A question that it asks after an answer is asked a round later. */
  function door(fact: Fact, by: Reason, item: unknown, seen: { round: number; readonly kinds: Set<Kind> }): Ask {
    const ask = async (question: AnyQuestion) => {
      const source = (ofOwnSource.includes(question.kind) && fact.of.sourceOf?.(item)) || 0;
      const { round, answer } = once(answers, `${source} ${JSON.stringify(question)}`, () => {
        const one = { question, by, round: seen.round + (answeredAtOnce.includes(question.kind) ? 0 : 1) };
        asked.push(one);
        return { round: one.round, answer: (sources[source] as Ask)(question as never) };
      });
      seen.kinds.add(question.kind);
      const observed = await answer;
      seen.round = Math.max(seen.round, round);
      return observed;
    };
    return ask as Ask;
  }

  /** A missing fact with its reason: that of what it passes on, else the fact beneath its questions, else itself. */
  function explained(fact: Fact, self: Reason, { observed, round, kinds }: Read): Soon<Outcome> {
    if (observed.ok) return { observed, round };
    if (reasons.has(observed)) return { observed: because(observed), round };
    const under = [...kinds].flatMap((kind) => beneath[kind] ?? []).filter((one) => one !== fact);
    return then(
      all(under, (one) => outcomeOf(one, '')),
      (lower) => {
        const missing = lower.find((one) => !one.observed.ok);
        if (missing) return { observed: because(missing.observed), round };
        const { because: _, ...own } = observed;
        if (!fact.internal) reasons.set(own, self);
        return { observed: own, round };
      },
    );
  }
  function because(observed: Observed<unknown>): Observed<unknown> {
    const reason = reasons.get(observed);
    if (observed.ok || observed.because || !reason) return observed;
    const told = { ...observed, because: reason };
    reasons.set(told, reason);
    return told;
  }

  return { get: async (need, name = '') => (await outcome(need, name)).observed as never, asked };
}

/** A fact that throws is missing, and only this fact. */
function attempt(fact: Fact, read: () => Soon<Observed<unknown>>): Soon<Observed<unknown>> {
  const broken = (error: unknown): Observed<unknown> => ({
    ok: false,
    why: 'malformed',
    message: `fact ${fact.name} broke, which is a bug of aggctl: ${(error as Error).message}`,
  });
  try {
    const observed = read();
    return observed instanceof Promise ? observed.catch(broken) : observed;
  } catch (error) {
    return broken(error);
  }
}

const then = <T, U>(soon: Soon<T>, use: (value: T) => Soon<U>): Soon<U> => (soon instanceof Promise ? soon.then(use) : use(soon));
/** Starts everything, then waits for what is still missing. */
function all<T, U>(things: readonly T[], start: (thing: T) => Soon<U>): Soon<readonly U[]> {
  const started = things.map(start);
  return started.some((one) => one instanceof Promise) ? settled(things, start) : (started as U[]);
}
/** Starting again is free, and gives without a promise what has come in the meantime. */
async function settled<T, U>(things: readonly T[], start: (thing: T) => Soon<U>): Promise<readonly U[]> {
  const values: U[] = [];
  for (const thing of things) {
    const one = start(thing);
    values.push(one instanceof Promise ? await one : one);
  }
  return values;
}

function once<K, V>(done: Map<K, V>, key: K, make: () => V): V {
  const found = done.get(key) ?? make();
  done.set(key, found);
  return found;
}
/** Keeps what comes by fact and key, first as a promise and then as itself. */
function cache<V extends object>() {
  const done = new Map<Fact, Map<string, Soon<V>>>();
  return (fact: Fact, key: string, make: () => Soon<V>): Soon<V> => {
    const ofFact = once(done, fact, () => new Map<string, Soon<V>>());
    return once(ofFact, key, () => {
      const made = make();
      return then(made, (value) => {
        ofFact.set(key, value);
        return value;
      });
    });
  };
}
