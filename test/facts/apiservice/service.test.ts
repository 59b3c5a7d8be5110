import { expect, test } from 'vitest';
import { readServices } from '../../../src/facts/apiservice/service.ts';
import type { Ask } from '../../../src/model.ts';

test.each([
  [3, 6],
  [4, 2],
])('%i Services of one namespace cost %i questions', async (count, questions) => {
  const asked: string[] = [];
  const ask = (async ({ path }: { path: string }) => {
    asked.push(path);
    return { ok: true, value: { status: 200, headers: {}, text: '{"items":[]}', ms: 1 } };
  }) as unknown as Ask;
  const names = Array.from({ length: count }, (_, index) => ({ namespace: 'wardle', name: `api-${index}` }));
  await readServices(ask, names);
  expect(asked).toHaveLength(questions);
});

test('a Service whose name no object can have does not exist, and the others are seen', async () => {
  // k8s.io/apiserver v0.37.2, pkg/registry/generic/registry/store.go, NamespaceKeyFunc.
  const refusal = { kind: 'Status', status: 'Failure', message: 'Name parameter invalid: "%..": may not contain \'%\'', code: 400 };
  const ask = (async ({ path }: { path: string }) => {
    const answer = path.endsWith('/services/%25..')
      ? { status: 400, text: JSON.stringify(refusal) }
      : { status: 200, text: path.includes('?') ? '{"items":[]}' : '{"metadata":{"name":"api"}}' };
    return { ok: true, value: { headers: {}, ms: 1, ...answer } };
  }) as unknown as Ask;
  const read = await readServices(ask, [
    { namespace: 'wardle', name: '..' },
    { namespace: 'wardle', name: 'api' },
  ]);
  expect(read.get('wardle/..')?.service).toEqual({ ok: true, value: null });
  expect(read.get('wardle/api')?.service).toEqual({ ok: true, value: { metadata: { name: 'api' } } });
});
