import { describe, expect, test } from 'vitest';
import { klogTime, klogValue, linesOf, unescaped } from '../../src/signatures/log-lines.ts';

const texts = (log: string) => linesOf(log).map(({ text }) => text);
const at = new Date('2026-11-23T10:12:00.123Z');

describe('a line', () => {
  test.each<[string, string, string, Date | null]>([
    ['plain', 'E1123 a', 'E1123 a', null],
    ['CRI', '2026-11-23T10:12:00.123456789Z stderr F E1123 a', 'E1123 a', at],
    ['CRI, in local time', '2026-11-23T11:12:00.123456789+01:00 stdout P a', 'a', at],
    ['of the API', '2026-11-23T10:12:00.123456Z E1123 a', 'E1123 a', at],
    ['Docker', '{"log":"E1123 a\\u0000\\n","stream":"stderr","time":"2026-11-23T10:12:00.123456789Z"}', 'E1123 a\0', at],
    ['JSON of another kind', '{"log":5}', '{"log":5}', null],
    ['JSON that is cut', '{"log":"a', '{"log":"a', null],
    ['a day that does not exist', '2026-02-31T10:12:00Z stderr F a', 'a', null],
    ['an hour that does not exist', '2026-02-28T25:61:00Z a', 'a', null],
    ['the year 0', '0000-01-01T00:00:00Z a', 'a', null],
    ['the year 99999', '99999-01-01T00:00:00Z a', 'a', null],
  ])('%s', (_, line, text, time) => expect(linesOf(`${line}\r\n\n`)).toEqual([{ text, raw: `${line}\r`, at: time }]));
});

describe('a value over several lines', () => {
  const whole = 'E1123 a.go:1] "m" err=<\n\tone "x"\n\t\ttwo\n > logger="l"\nnext';
  test('stands quoted in one', () =>
    expect(linesOf(whole)).toEqual([
      { text: 'E1123 a.go:1] "m" err="one \\"x\\"\\n\\ttwo" logger="l"', raw: whole.slice(0, -5), at: null },
      { text: 'next', raw: 'next', at: null },
    ]));
  test('as do two', () => expect(texts('m a=<\n\t1\n > b=<\n\t2\n >')).toEqual(['m a="1" b="2"']));
  test('each line has its dress', () => {
    const dress = '2026-11-23T10:12:00.123456789Z stderr F ';
    expect(texts('m a=<\n\t1\n\t2\n >'.replace(/^/gm, dress))).toEqual(['m a="1\\n2"']);
  });
  test.each([
    ['it is cut', 'm a=<\n\t1\n'],
    ['another line comes', 'm a=<\n\t1\nother\n >\n'],
    ['nothing follows', 'm a=<\n'],
  ])('unless %s', (_, log) => expect(texts(log)[0]).toBe('m a=<'));
});

describe('a line that the runtime cut', () => {
  const cri = (tag: string, text: string, stream = 'stderr') => `2026-11-23T10:12:00.123Z ${stream} ${tag} ${text}\n`;
  const docker = (log: string) => `${JSON.stringify({ log, stream: 'stderr', time: '2026-11-23T10:12:00.123Z' })}\n`;
  test.each<[string, string, readonly string[]]>([
    ['is whole', cri('P', 'one ') + cri('P', 'two ') + cri('F', 'three'), ['one two three']],
    ['has its own stream', cri('P', 'one ') + cri('F', 'other', 'stdout') + cri('F', 'two'), ['other', 'one two']],
    ['keeps what was written', cri('P', 'one'), ['one']],
    ['ends', cri('P', 'one') + cri('F', '') + cri('F', 'two'), ['one', 'two']],
    ['is whole in the form of Docker', docker('one ') + docker('two\n') + docker('three\n'), ['one two', 'three']],
  ])('%s', (_, log, lines) => expect(texts(log)).toEqual(lines));
  test('keeps its pieces, and the time of the first', () => {
    const log = cri('P', 'one ') + cri('F', 'two');
    expect(linesOf(log)).toEqual([{ text: 'one two', raw: log.trimEnd(), at }]);
  });
});

describe('a log without end', () => {
  const soon = (log: string) => {
    const start = performance.now();
    const lines = linesOf(log);
    expect(performance.now() - start).toBeLessThan(5000);
    return lines;
  };
  test('of many lines', () => expect(soon('I1123 a\n'.repeat(50_000))).toHaveLength(50_000));
  test('of lines that all begin a value', () => expect(soon('\tm a=<\n'.repeat(50_000))).toHaveLength(50_000));
  test('of one line', () => expect(soon('x'.repeat(10_000_000))[0]?.text).toHaveLength(65_536));
});

describe('what Go quotes', () => {
  test.each([
    ['"a \\"b\\" \\\\ c"', 'a "b" \\ c'],
    ['"a\\n\\t\\r\\a\\b\\f\\vz"', 'a\n\t\r\x07\b\f\vz'],
    ['"\\x1b[31m\\xc3\\xa4 \\303\\244"', '\x1b[31mä ä'],
    ['"\\xff\\xfe"', '\ufffd\ufffd'],
    ['"\\u00e4\\u202e \\U0001f600"', 'ä\u202e \u{1f600}'],
    ['"\\U00ffffff\\ud800"', '\\U00ffffff\ud800'],
    ['"\\\\x41 \\q \\x4"', '\\x41 q x4'],
    ['"cut \\"', 'cut "'],
    ['""', ''],
  ])('%s', (quoted, plain) => expect(klogValue(`E1123 "m" key=${quoted} other="y"`.replace(/(cut .*) other.*/, '$1'), 'key')).toBe(plain));

  test('has its key', () => {
    const line = '"changed" name="a" oldname="b" reason={"x"} empty= n=5 "name=\\"c\\""';
    expect(['name', 'oldname', 'reason', 'empty', 'n', 'm'].map((key) => klogValue(line, key))).toEqual(['a', 'b', null, null, null, null]);
  });
  test('stays in its quotes', () => expect(unescaped('User "a" said \\"no\\" err="\\"x\\"')).toBe('User "a" said \\"no\\" err=""x"'));
});

describe("klog's own time", () => {
  const now = new Date('2027-01-01T00:00:30Z');
  test.each([
    ['I0101 00:00:10.5       1 a.go:1] x', '2027-01-01T00:00:10.500Z'],
    ['E1231 23:59:59.000001  1 a.go:1] x', '2026-12-31T23:59:59.000Z'],
    ['W0101 12:00:00.0       1 a.go:1] the clock of the node is ahead', '2027-01-01T12:00:00.000Z'],
    ['F0228 12:00:00.0       1 a.go:1] x', '2026-02-28T12:00:00.000Z'],
    ['I0229 12:00:00.0       1 a.go:1] no such day in these years', null],
    ['I0231 12:00:00.0       1 a.go:1] x', null],
    ['I1123 25:61:00.0       1 a.go:1] x', null],
    ['I1123 1:1:1 x', null],
    ['no header', null],
  ])('%s', (line, time) => expect(klogTime(line, now)?.toISOString() ?? null).toBe(time));
});
