import { expect, test } from 'vitest';
import type { Ask } from '../../src/model.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { together } from '../../src/sources/together.ts';

const header = '{"aggctl":2,"captured":"2026-11-23T15:11:41Z","origin":"hand-made"}';
const shake = '{"kind":"handshake","host":"10.96.0.9","port":443,"serverName":"a.b.svc","present":"none"';
const recorded = async (node: string, ...lines: string[]) => {
  const opened = await snapshot(node, Buffer.from([header, ...lines, ''].join('\n')));
  if (!opened.ok) throw new Error(opened.message);
  return { node, ask: opened.value.ask };
};
const file = (text: string) => `{"kind":"file","path":"/etc/hostname","answer":{"is":"text","text":"${text}\\n"}}`;
const dial = (answer: string) => `${shake},"answer":${answer}}`;
const laptop = () =>
  recorded(
    'laptop',
    '{"kind":"connection","answer":{"context":"prod","server":"https://192.0.2.10:6443","from":"kubeconfig"}}',
    '{"kind":"handshake","host":"192.0.2.10","port":6443,"serverName":"192.0.2.10","present":"none","answer":{"chain":["api"],"ms":1}}',
    '{"kind":"api","path":"/version","answer":{"json":{"major":"1"}}}',
    file('laptop'),
    dial('{"chain":["somebody else\'s"],"ms":1}'),
  );
const question = JSON.parse(`${shake}}`);
const hostname = (ask: Ask | undefined) => ask?.({ kind: 'file', path: '/etc/hostname' });

test('the API answers here, files are those of the nodes', async () => {
  const { ask: api } = await laptop();
  const nodes = [await recorded('cp-1', file('cp-1')), await recorded('cp-2', file('cp-2'))];
  const asks = await together(api, nodes);
  expect(asks).toHaveLength(2);
  expect(await asks[0]?.({ kind: 'api', method: 'GET', path: '/version' } as never)).toMatchObject({ ok: true });
  expect(await Promise.all(asks.map(hostname))).toMatchObject([{ value: { text: 'cp-1\n' } }, { value: { text: 'cp-2\n' } }]);
});
test('kube-apiserver itself is dialed here, everything else from the nodes', async () => {
  const { ask: api } = await laptop();
  const [ask] = await together(api, [await recorded('cp-1')]);
  const own = { ...question, host: '192.0.2.10', port: 6443, serverName: '192.0.2.10' };
  expect(await ask?.(own)).toMatchObject({ ok: true, value: { chain: ['api'] } });
  expect(await ask?.(question)).toMatchObject({ ok: false, why: 'excluded' });
});
test('of several nodes the one that fails is shown, with its name; else the first that dialed', async () => {
  const { ask: api } = await laptop();
  const sound = dial('{"chain":["pem"],"ms":1}');
  const refused = dial('{"chain":[],"error":"connection refused","happened":"connection refused","ms":1}');
  const [ask] = await together(api, [await recorded('cp-1', sound), await recorded('cp-2', refused), await recorded('cp-3')]);
  expect(await ask?.(question)).toMatchObject({ value: { from: 'cp-2', chain: [] } });
  const [other] = await together(api, [await recorded('cp-1'), await recorded('cp-2', sound), await recorded('cp-3', sound)]);
  expect(await other?.(question)).toMatchObject({ value: { from: 'cp-2', chain: ['pem'] } });
});
test('without a node everything is asked here', async () => {
  const { ask: api } = await laptop();
  expect(await together(api, [])).toEqual([api]);
});
