/** What is looked at behind an APIService that serves. */
import { expect, test } from 'vitest';
import { gather } from '../../../src/facts/gather.ts';
import type { Answer, AnyQuestion, Ask, Observed, UserOptions } from '../../../src/model.ts';
import { snapshot } from '../../../src/sources/snapshot.ts';

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';

/** The extension servers that were dialled, the manifest having these lines beside its own. */
async function dialled(userOptions: UserOptions, ...lines: readonly string[]): Promise<readonly string[]> {
  const recorded = await snapshot('test/scenarios/serving-certificate-expires-soon-while-it-serves.jsonl');
  if (!recorded.ok) throw new Error(recorded.message);
  const names: string[] = [];
  const ask = (async (question: AnyQuestion) => {
    if (question.kind === 'handshake' && question.serverName?.endsWith('.svc')) names.push(question.serverName);
    const answer: Observed<unknown> = await recorded.value.ask(question as never);
    if (question.kind !== 'file' || question.path !== manifest || !answer.ok) return answer;
    const file = answer.value as Extract<Answer['file'], { text: string }>;
    const text = file.text.replace(/^( *- )--secure-port=.*$/m, (flag, indent) => [flag, ...lines.map((line) => indent + line)].join('\n'));
    return { ok: true, value: { ...file, text } };
  }) as Ask;
  await gather([ask], { userOptions });
  return [...new Set(names)].sort();
}

test('on a node the certificates of those that serve are read', async () =>
  expect(await dialled({})).toEqual(['api.stock.svc', 'api.wardle.svc']));
test('not where kube-apiserver goes through a tunnel', async () =>
  expect(await dialled({}, '--egress-selector-config-file=/etc/kubernetes/egress.yaml')).toEqual([]));
