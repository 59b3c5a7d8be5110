import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fromLog, toLog } from '../../src/nodes/stream.ts';

const recording = `${JSON.stringify({ aggctl: 2 })}\n${'{"kind":"file","path":"/etc/hostname"}\n'.repeat(20_000)}`;

test('a recording comes out of a log as it went in', () => {
  const log = toLog(recording);
  expect(fromLog(log)).toEqual({ recording });
  expect(Math.max(...log.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(4096);
});
test('what a runtime writes around it does not matter', () => {
  expect(fromLog(`(node:1) Warning: old\n${toLog(recording).replaceAll('\n', '\r\n')}bye\n`)).toEqual({ recording });
});
const marked = (body: string) => `-----BEGIN AGGCTL RECORDING-----\n${body}\n-----END AGGCTL RECORDING-----\n`;
test.each([
  ['nothing', '', 'its Pod wrote nothing'],
  ['a message', 'aggctl: nothing to check\n', 'its Pod wrote `aggctl: nothing to check`'],
  ['a log that was cut', toLog(recording).slice(0, 1000), 'the log of its Pod ends within the recording, as where logs are rotated early'],
  ['no gzip', marked('AAAA'), 'the log of its Pod holds no recording: incorrect header check'],
  [
    '100 MB of zeros',
    marked(gzipSync(Buffer.alloc(100 << 20)).toString('base64')),
    /^the log of its Pod holds no recording: Cannot create a Buffer larger/,
  ],
])('%s: the reason in a clause', (_, log, why) => {
  const found = fromLog(log);
  expect('why' in found && found.why).toEqual(typeof why === 'string' ? why : expect.stringMatching(why));
});
