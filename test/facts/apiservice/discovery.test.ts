import { expect, test } from 'vitest';
import { discover } from '../../../src/facts/apiservice/discovery.ts';
import type { Ask } from '../../../src/model.ts';
import { healthy } from '../../support/facts.ts';

// As kube-apiserver 1.37.2 and the sample server behind it answer, each with the FlowSchema that the request came under.
const own = 'Too many requests, please try again later.\n';
const uid = '1f152125-cf6e-41f8-a624-1c65a5322bd4';
const once = { 'x-kubernetes-pf-flowschema-uid': uid };
const twice = { 'x-kubernetes-pf-flowschema-uid': `${uid}, ${uid}` };

test.each([
  ['kube-apiserver turns it away', own, once, false],
  ['nobody tells who did', own, {}, false],
  ['the extension server did, which has priority and fairness, too', own, twice, true],
  ['the extension server did, in words of its own', '{"kind":"Status","message":"rate limit exceeded","code":429}', once, true],
])('429: %s', async (_, text, headers, ofExtensionServer) => {
  const ask = (async () => ({ ok: true, value: { status: 429, headers, text, ms: 1 } })) as unknown as Ask;
  const found = await discover(ask, healthy.apiService, null);
  expect(found).toMatchObject(ofExtensionServer ? { ok: true, value: { status: 429, ok: false } } : { ok: false, why: 'unreachable' });
});
