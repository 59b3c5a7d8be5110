import { expect, test } from 'vitest';
import { requestAsUser } from '../../../src/facts/apiservice/user-request.ts';
import type { Ask, Observed } from '../../../src/model.ts';
import { healthy } from '../../support/facts.ts';

const ask = (answer: Observed<unknown>) => (async () => answer) as unknown as Ask;
const requested = (answer: Observed<unknown>) => {
  const { apiService, discovery } = healthy;
  return requestAsUser(ask(answer), apiService, discovery);
};

test('an answer is kept with its status and message', async () => {
  const text = '{"message":"flunders \\"aggctl-probe\\" not found"}';
  const value = expect.objectContaining({ status: 404, text: 'flunders "aggctl-probe" not found', allowed: null });
  expect(await requested({ ok: true, value: { status: 404, headers: {}, text, ms: 1 } })).toEqual({ ok: true, value });
});

test('an older snapshot, which does not hold the question, is no failure', async () => {
  expect(await requested({ ok: false, why: 'excluded', message: 'not recorded' })).toEqual({ ok: true, value: null });
});

test('a refusal stays one', async () => {
  const refused: Observed<unknown> = { ok: false, why: 'unreachable', message: 'connection refused' };
  expect(await requested(refused)).toEqual(refused);
});

test.each([
  [10, { ok: true, value: expect.objectContaining({ status: null, text: 'no answer within 10 s' }) }],
  [9, expect.objectContaining({ ok: false })],
])('no answer within %i s, of the ten that a sound server needs at most', async (afterSeconds, observed) => {
  expect(await requested({ ok: false, why: 'unreachable', message: 'no answer', cause: 'no-answer', afterSeconds })).toEqual(observed);
});
