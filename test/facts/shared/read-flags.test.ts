import { describe, expect, test } from 'vitest';
import { readFlags, readFlagz } from '../../../src/facts/shared/read-flags.ts';

const at = (line: number) => ({ file: 'kube-apiserver.yaml', line });
const read = (...words: string[]) => readFlags(words.map((text, index) => ({ text, at: at(index + 1) })));

describe('the effective value, as seen on kube-apiserver 1.37.2', () => {
  test.each([
    ['a value after the equals sign', ['--client-ca-file=/a'], 'client-ca-file', '/a'],
    ['a value as the next word', ['--client-ca-file', '/a'], 'client-ca-file', '/a'],
    ['underscores in the name', ['--client_ca_file=/a'], 'client-ca-file', '/a'],
    ['a repeated string: the last', ['--client-ca-file=/a', '--client-ca-file=/b'], 'client-ca-file', '/b'],
    ['a repeated string, then empty: cleared', ['--proxy-client-cert-file=/a', '--proxy-client-cert-file='], 'proxy-client-cert-file', ''],
    ['a switch alone', ['--enable-aggregator-routing', 'true'], 'enable-aggregator-routing', 'true'],
    [
      'a repeated switch: the last',
      ['--enable-aggregator-routing=true', '--enable-aggregator-routing=false'],
      'enable-aggregator-routing',
      'false',
    ],
    ['a value that starts with a dash', ['--requestheader-allowed-names', '--x'], 'requestheader-allowed-names', '--x'],
    ['an unknown switch before another flag', ['--profiling', '--client-ca-file=/a'], 'client-ca-file', '/a'],
  ])('%s', (_, words, name, value) => {
    expect(read(...words)[name]?.value).toBe(value);
  });

  test.each([
    [
      'names twice add up',
      ['--requestheader-allowed-names=front-proxy-client', '--requestheader-allowed-names=other'],
      ['front-proxy-client', 'other'],
    ],
    ['an empty second value adds nothing', ['--requestheader-allowed-names=other', '--requestheader-allowed-names='], ['other']],
    ['literal double quotes vanish', ['--requestheader-allowed-names="front-proxy-client"'], ['front-proxy-client']],
    ['literal single quotes stay', ["--requestheader-allowed-names='front-proxy-client'"], ["'front-proxy-client'"]],
    ['blanks stay', ['--requestheader-allowed-names=aggregator, front-proxy-client'], ['aggregator', ' front-proxy-client']],
    ['nothing is no name', ['--requestheader-allowed-names='], []],
  ])('%s', (_, words, list) => {
    expect(read(...words)['requestheader-allowed-names']?.list).toEqual(list);
  });

  test('a flag that lacks its value sets nothing', () => {
    expect(read('--requestheader-allowed-names')).toEqual({});
    expect(read('--client-ca-file')).toEqual({});
  });

  test('a list that is refused is read as it is meant', () => {
    expect(read('--requestheader-allowed-names=["a", "b"]')['requestheader-allowed-names']?.list).toEqual(['a', 'b']);
  });

  test('everything after -- is no flag, and neither is an en dash', () => {
    expect(read('--', '--client-ca-file=/a')).toEqual({});
    expect(read('––client-ca-file=/a')).toEqual({});
  });

  test('the place is that of the word that holds', () => {
    expect(read('--client-ca-file=/a', '--client-ca-file=/b')['client-ca-file']?.at).toEqual(at(2));
  });
});

test('/flagz prints lists in brackets, an element that needs it in quotes', () => {
  const flags = readFlagz(
    { 'requestheader-allowed-names': '[aggregator," front-proxy-client"]', 'client-ca-file': '/ca.crt' },
    { probe: 'GET /flagz' },
  );
  expect(flags['requestheader-allowed-names']?.list).toEqual(['aggregator', ' front-proxy-client']);
  expect(flags['client-ca-file']?.value).toBe('/ca.crt');
});
