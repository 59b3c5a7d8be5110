import { expect, test } from 'vitest';
import { apiServicesPath } from '../../src/facts/apiservice/apiservice.ts';
import { gather } from '../../src/facts/gather.ts';
import type { Answer, AnyQuestion, Ask, Observed } from '../../src/model.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { gatheredHere, optionsOf, scenarios } from '../support/scenarios.ts';

/** Answers nobody before everybody has asked: the number of its rounds is the number of round trips that somebody waits for. */
function inRounds(source: Ask): { ask: Ask; trips: () => number } {
  let trips = 0;
  let waiting: (() => void)[] = [];
  let free = 0;
  const release = () => {
    if (free > 0) return void setTimeout(release, 5);
    trips++;
    const released = waiting;
    waiting = [];
    for (const go of released) go();
  };
  const ask = (async (question: AnyQuestion) => {
    // What is known without asking anybody is no round trip; whoever waits for it may ask on in the same round.
    if (question.kind === 'connection' || question.kind === 'clock') {
      free++;
      return source(question as never).finally(() => free--);
    }
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setTimeout(release, 5);
    });
    return source(question as never);
  }) as Ask;
  return { ask, trips: () => trips };
}

/** The recorded list of APIServices with its remote one repeated under other names. */
const withApiServices = (source: Ask, count: number): Ask =>
  (async (question: AnyQuestion) => {
    const answer: Observed<unknown> = await source(question as never);
    if (question.kind !== 'api' || !question.path.startsWith(apiServicesPath) || !answer.ok) return answer;
    const api = answer.value as Answer['api'];
    const list = JSON.parse(api.text);
    const remote = list.items.find((item: { spec: { service?: object } }) => item.spec.service);
    list.items = Array.from({ length: count }, (_, n) => ({
      ...remote,
      metadata: { ...remote.metadata, name: `v1.g${n}` },
      spec: { ...remote.spec, group: `g${n}` },
    }));
    return { ok: true, value: { ...api, text: JSON.stringify(list) } };
  }) as Ask;

test('a unit with a drop-in and an environment file, whose names are learned one from the other: still at most 5', async () => {
  const recorded = await snapshot('test/scenarios/systemd-healthy.jsonl');
  if (!recorded.ok) throw new Error(recorded.message);
  const { ask, trips } = inRounds(recorded.value.ask);
  const { rounds } = await gather([ask], { userOptions: {} });
  expect(trips()).toBe(rounds.length);
  expect(rounds.length).toBeLessThanOrEqual(5);
});

test.each([1, 200])('%i APIServices: the rounds that gather tells are the round trips that it takes, at most 5', async (count) => {
  const recorded = await snapshot('test/scenarios/healthy.jsonl');
  if (!recorded.ok) throw new Error(recorded.message);
  const { ask, trips } = inRounds(withApiServices(recorded.value.ask, count));
  const { rounds } = await gather([ask], { userOptions: {} });
  expect(trips()).toBe(rounds.length);
  expect(rounds.length).toBeLessThanOrEqual(5);
  expect(rounds[1]).toBeGreaterThanOrEqual(count);
});

test.each(scenarios)('$path: at most 5', async (scenario) => {
  const { rounds } = await gatheredHere(scenario);
  // To ask as the front proxy takes one more.
  expect(rounds.length).toBeLessThanOrEqual(optionsOf(scenario).asFrontProxy ? 6 : 5);
  expect(Object.keys(rounds)).toHaveLength(rounds.length);
});

/** Every question that reached the source, as text. */
function heard(source: Ask): { ask: Ask; questions: string[] } {
  const questions: string[] = [];
  const ask = (async (question: AnyQuestion) => {
    questions.push(JSON.stringify(question));
    return source(question as never);
  }) as Ask;
  return { ask, questions };
}

/** Looks at everything that can be looked at. */
const everything = { targets: 'all', history: true, asFrontProxy: true } as const;

test.each([1, 200])('%i APIServices that are named: at most 6 rounds, each a round trip, and nothing is asked twice', async (count) => {
  const recorded = await snapshot('test/scenarios/healthy.jsonl');
  if (!recorded.ok) throw new Error(recorded.message);
  const { ask, trips } = inRounds(withApiServices(recorded.value.ask, count));
  const { ask: listening, questions } = heard(ask);
  const { rounds } = await gather([listening], { userOptions: everything });
  expect(trips()).toBeLessThanOrEqual(rounds.length);
  expect(rounds.length).toBeLessThanOrEqual(6);
  expect(questions.filter((question, index) => questions.indexOf(question) !== index)).toEqual([]);
});

test.each(scenarios)('$path, all of it named: at most 6, and nothing is asked twice', async (scenario) => {
  const listeners = await Promise.all(
    scenario.snapshots.map(async (path) => {
      const recorded = await snapshot(path);
      if (!recorded.ok) throw new Error(recorded.message);
      return heard(recorded.value.ask);
    }),
  );
  const { rounds } = await gather(
    listeners.map(({ ask }) => ask),
    { userOptions: everything },
  );
  expect(rounds.length).toBeLessThanOrEqual(6);
  // Of several sources the newest is looked for first, by two questions of its own.
  for (const { questions } of listeners.length === 1 ? listeners : [])
    expect(questions.filter((question, index) => questions.indexOf(question) !== index)).toEqual([]);
});
