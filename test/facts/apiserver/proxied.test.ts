import { expect, test } from 'vitest';
import { proxiedServices } from '../../../src/facts/apiserver/proxied.ts';
import { readFlags } from '../../../src/facts/shared/read-flags.ts';
import type { CommandLine, Flags } from '../../../src/model.ts';

const at = { file: '/m.yaml' };
const flags = (...words: string[]): Flags => ({ origin: 'manifest', at, byName: readFlags(words.map((text) => ({ text, at }))) });
const service = { service: 'a/b', port: 443, clusterIPs: ['10.96.0.9'], pods: ['10.244.0.9', 'fd00::9'] };
const through = (environment: Readonly<Record<string, string>>, ...words: string[]) => {
  const located = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, { value, at }]));
  const line: CommandLine = { words: [], environment: located, minor: null, fault: null, repeated: [] };
  return proxiedServices(line, flags(...words), [service])?.through.map(({ address }) => address);
};
const proxy = 'http://proxy:3128';

test.each([
  ['no proxy', {}, [], undefined],
  ['HTTP_PROXY is not for https', { HTTP_PROXY: proxy }, [], undefined],
  ['no NO_PROXY', { HTTPS_PROXY: proxy }, [], ['10.96.0.9']],
  ['in lower case', { https_proxy: proxy, no_proxy: '10.96.0.0/12' }, [], []],
  ['names do not help', { HTTPS_PROXY: proxy, NO_PROXY: '.svc,.cluster.local,b.a.svc' }, [], ['10.96.0.9']],
  ['a prefix is no range', { HTTPS_PROXY: proxy, NO_PROXY: '10.96.' }, [], ['10.96.0.9']],
  ['the address itself', { HTTPS_PROXY: proxy, NO_PROXY: '10.96.0.9' }, [], []],
  [
    'the pods, with routing',
    { HTTPS_PROXY: proxy, NO_PROXY: '10.96.0.0/12,10.244.0.0/16' },
    ['--enable-aggregator-routing=true'],
    ['fd00::9'],
  ],
])('%s', (_, environment, words, expected) => {
  expect(through(environment as Record<string, string>, ...words)).toEqual(expected);
});
