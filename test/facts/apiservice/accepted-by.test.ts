import { expect, test } from 'vitest';
import { acceptedBy } from '../../../src/facts/apiservice/accepted-by.ts';
import type { ApiService, Ask } from '../../../src/model.ts';
import { healthy } from '../../support/facts.ts';

const nobody = (() => {
  throw new Error('asks nobody');
}) as Ask;
const named = (name: string, service = 'api'): ApiService => ({
  ...healthy.apiService,
  name,
  service: { ...healthy.apiService.service, name: service },
});

test.each<[string, readonly ApiService[], string | null]>([
  ['another server', [named('v1.other.example.com', 'other')], 'v1.other.example.com'],
  ['the same server, of another group', [named('v1.other.example.com')], 'v1.other.example.com'],
  ['nobody but itself', [named('v1.this.example.com')], null],
  ['nobody', [], null],
])('%s accepts kube-apiserver', async (_, accepting, expected) =>
  expect(await acceptedBy.read({ accepting }, nobody, named('v1.this.example.com'))).toEqual({ ok: true, value: expected }),
);
