import { describe, expect, test } from 'vitest';
import { readOpenAPIDocument } from '../../../src/facts/apiservice/open-api-document.ts';
import { readOpenAPIList } from '../../../src/facts/cluster/open-api-list.ts';
import type { Answer, Ask, Observed } from '../../../src/model.ts';
import { healthy } from '../../support/facts.ts';

const { apiService } = healthy;
const path = '/openapi/v3/apis/wardle.example.com/v1alpha1';
const answering =
  (answer: Observed<Answer['api']>): Ask =>
  async () =>
    answer as never;
const says = (status: number, text: string) => answering({ ok: true, value: { status, text, headers: {}, ms: 3 } });
const silentFor = (seconds: number) =>
  answering({
    ok: false,
    why: 'unreachable',
    cause: 'no-answer',
    afterSeconds: seconds,
    message: `\`https://192.0.2.10:6443\` gave no answer within ${seconds} s: check its load and log, or allow more with --request-timeout.`,
  });
const denied = 'forbidden: User "jane" cannot get path "/openapi/v3"';

describe('the list', () => {
  test.each([
    [
      'names',
      says(200, '{"paths":{"api/v1":{},"apis/wardle.example.com/v1alpha1":{}}}'),
      { paths: ['api/v1', 'apis/wardle.example.com/v1alpha1'] },
    ],
    ['is unknown to an old kube-apiserver', says(404, ''), null],
    ['is late', silentFor(10), { late: 'no answer within 10 s' }],
    ['is not recorded', answering({ ok: false, why: 'excluded', message: '' }), null],
  ])('%s', async (_, ask, value) => {
    expect(await readOpenAPIList(ask, [apiService])).toEqual({ ok: true, value });
  });

  test.each([
    ['who may not read it is told so, and no more', says(403, JSON.stringify({ message: denied })), denied],
    ['who does not wait proves nothing', silentFor(1), 'gave no answer within 1 s'],
  ])('%s', async (_, ask, message) => {
    expect(await readOpenAPIList(ask, [apiService])).toMatchObject({
      ok: false,
      why: 'excluded',
      message: expect.stringContaining(message),
    });
  });

  test('nobody asks without an extension server', async () => {
    const never: Ask = () => Promise.reject(new Error('asked'));
    expect(await readOpenAPIList(never, [])).toEqual({ ok: true, value: null });
  });
});

describe('the document', () => {
  const list = { ok: true, value: { paths: ['apis/wardle.example.com/v1alpha1'] } } as const;
  test.each([
    ['is served', says(200, '{"openapi":"3.0.0"'), { path, is: 'served', status: 200, text: '', ms: 3 }],
    ['is another page', says(200, '<html>'), { path, is: 'refused', status: 200, text: '"<html>"', ms: 3 }],
    ['fails', says(500, '{"message":"no"}'), { path, is: 'refused', status: 500, text: 'no', ms: 3 }],
    ['is late', silentFor(10), { path, is: 'late', text: 'no answer within 10 s' }],
    ['is not recorded', answering({ ok: false, why: 'excluded', message: '' }), null],
  ])('%s', async (_, ask, value) => {
    expect(await readOpenAPIDocument(ask, apiService, list)).toEqual({ ok: true, value });
  });

  test.each([
    ['is not listed', { paths: [] }, { path, is: 'not listed' }],
    [
      'is unknown, as the list is late',
      { late: 'no answer within 10 s' },
      { path: '/openapi/v3', is: 'list late', text: 'no answer within 10 s' },
    ],
    ['is unknown, as nobody knows the list', null, null],
  ])('%s: nobody asks', async (_, known, value) => {
    const never: Ask = () => Promise.reject(new Error('asked'));
    expect(await readOpenAPIDocument(never, apiService, { ok: true, value: known })).toEqual({ ok: true, value });
  });
});
