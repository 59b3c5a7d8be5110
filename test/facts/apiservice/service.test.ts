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
