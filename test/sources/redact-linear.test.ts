import { expect, test } from 'vitest';
import { redactApi, redactFile, withoutSecrets } from '../../src/sources/redact.ts';

/** What once took 45 seconds for 256 KiB, and what looks alike. */
const patterns = [
  '://a:',
  '://a',
  '://a@',
  '_proxy=a',
  'token=',
  'token:{',
  'token="',
  'bearer ',
  'authorization: bearer ',
  'value: ',
  'env:{',
  '-----BEGIN PRIVATE KEY-----',
  '-----END PRIVATE KEY-----',
  '\\',
  '\\n',
  '[',
  '{"a":',
  '- ',
  '? ',
  ' ',
  '\n',
  'QUJD',
];

/** CPU time, milliseconds; below 60 nothing can be told. A run that something disturbed is repeated. */
function cost(redact: () => unknown): number {
  const before = process.cpuUsage();
  redact();
  const { user, system } = process.cpuUsage(before);
  return Math.max(60, (user + system) / 1000);
}

test.each(patterns)('of twice as much %j costs twice as much', { timeout: 60_000, retry: 2 }, (pattern) => {
  const text = (kib: number) => pattern.repeat((kib * 1024) / pattern.length);
  for (const redact of [redactApi, redactFile]) {
    const [small, large] = [64, 256].map((kib) => cost(() => withoutSecrets('it', () => redact('/apis/a/v1', text(kib))))) as [
      number,
      number,
    ];
    expect(large / small).toBeLessThan(2.5 ** 2);
  }
});
