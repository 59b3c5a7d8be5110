import { expect, test } from 'vitest';
import { now } from '../../../src/facts/cluster/now.ts';

const clock = { ok: true as const, value: new Date('2026-11-23T12:00:00Z') };
const skewed = (value: number) => ({ ok: true as const, value });
const unknown = { ok: false as const, why: 'excluded' as const, message: 'its answer has no date' };
const judged = (clockSkew: ReturnType<typeof skewed> | typeof unknown, at?: Date) => {
  const found = now.read({ userOptions: { ...(at && { at }) }, clock, clockSkew }, async () => unknown, null as never);
  return 'ok' in found && found.ok ? found.value.toISOString() : found;
};

test('dates are judged by the server, where its clock is known and ours is wrong', () => {
  expect(judged(skewed(600_000))).toBe('2026-11-23T12:10:00.000Z');
  expect(judged(skewed(-600_000))).toBe('2026-11-23T11:50:00.000Z');
  expect(judged(skewed(2000))).toBe('2026-11-23T12:00:00.000Z');
  expect(judged(unknown)).toBe('2026-11-23T12:00:00.000Z');
});
test('what the user chose wins', () => expect(judged(skewed(600_000), new Date('2027-03-01'))).toBe('2027-03-01T00:00:00.000Z'));
