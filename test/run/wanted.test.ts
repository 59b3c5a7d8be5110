/** Only what somebody wants is asked for, and no verdict depends on what else is. */
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { gather } from '../../src/facts/gather.ts';
import type { AnyQuestion, Ask } from '../../src/model.ts';
import { run } from '../../src/run/index.ts';
import { factsOf, reportFacts } from '../../src/run/wanted.ts';
import { snapshot } from '../../src/sources/snapshot.ts';

const about = { aggctl: '0', source: 'test' };
async function open(scenario: string): Promise<{ ask: Ask; asked: () => number }> {
  const opened = await snapshot(`test/scenarios/${scenario}.jsonl`);
  if (!opened.ok) throw new Error(opened.message);
  const questions: AnyQuestion[] = [];
  const ask = (async (question: AnyQuestion) => {
    questions.push(question);
    return opened.value.ask(question as never);
  }) as Ask;
  return { ask, asked: () => questions.length };
}
const questions = async (wanted?: readonly string[]) => {
  const { ask, asked } = await open('extension-server-down');
  await gather([ask], { userOptions: {}, ...(wanted && { wanted }) });
  return asked();
};
const needsOf = (id: string) => factsOf(checks.filter((check) => check.id === id));

test('one check asks less than the report, and the report less than everything', async () => {
  const [all, report, one] = [await questions(), await questions([...needsOf('flag-unknown'), ...reportFacts]), await questions(['flags'])];
  expect(one).toBeLessThan(report);
  expect(report).toBeLessThan(all);
});

describe.each(['extension-server-down', 'allowed-names-comma-at-the-end'])('on %s', (scenario) => {
  test('each check alone says what it says among all', async () => {
    const { ask } = await open(scenario);
    const whole = (await gather([ask], { userOptions: {} })).gathered;
    const differing: string[] = [];
    for (const check of checks) {
      const { gathered } = await gather([ask], { userOptions: {}, wanted: [...factsOf([check]), ...reportFacts] });
      const [alone, among] = [gathered, whole].map((facts) => run([check], facts, about));
      const said = (report: typeof alone) =>
        report && [report.findings, report.passed, report.inapplicable, report.skipped, report.trust, report.cluster];
      if (JSON.stringify(said(alone)) !== JSON.stringify(said(among))) differing.push(check.id);
    }
    expect(differing).toEqual([]);
  });
});
