import { expect, test } from 'vitest';
import { managersOf } from '../../src/facts/apiservice/apiservice.ts';
import { discover } from '../../src/facts/apiservice/discovery.ts';
import type { Ask } from '../../src/model.ts';
import { healthy } from '../support/facts.ts';

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

test('who set a field, of several managers', () => {
  // Helm patched an object that `kubectl apply` had made (1.37.2).
  const managedFields = [
    { manager: 'helm', time: '2026-11-23T17:15:02Z', fieldsV1: { 'f:spec': { 'f:service': { 'f:name': {}, 'f:namespace': {} } } } },
    { manager: 'cert-manager-cainjector', time: '2026-11-23T17:15:03Z', fieldsV1: { 'f:spec': { 'f:caBundle': {} } } },
    {
      manager: 'kubectl-client-side-apply',
      time: '2026-11-23T17:15:01Z',
      fieldsV1: { 'f:spec': { 'f:group': {}, 'f:service': { '.': {}, 'f:port': {} } } },
    },
  ];
  const path = ['f:spec', 'f:service', 'f:name'];
  expect(managersOf({ managedFields }, path)).toEqual([{ name: 'helm', at: new Date('2026-11-23T17:15:02Z') }]);
  expect(managersOf({}, path)).toEqual([]);
});
