/** Whatever a value is, the path of a request leads to where its template says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiPath } from '../src/api-path.ts';
import { importGraph } from './support/imports.ts';
import { checkout } from './support/scenarios.ts';

const hostile = [
  '',
  '.',
  '..',
  '../..',
  '/',
  'a/b',
  '%2e%2e',
  '%2F',
  'a%',
  '?x=1',
  '#x',
  'a b',
  'a&b=c',
  '\\..',
  'ä',
  '\ud800',
  '\0',
  '\n',
];

/** The path as kube-apiserver splits it: a URL is resolved as Node.js does, then decoded as Go does. */
const arrived = (path: string) => decodeURIComponent(new URL(path, 'https://127.0.0.1').pathname).split('/');

test.each(hostile)('%j is one segment', (value) => {
  const [, api, v1, namespaces, name, pods, ...rest] = arrived(apiPath`/api/v1/namespaces/${value}/pods`);
  expect([api, v1, namespaces, pods, rest]).toEqual(['api', 'v1', 'namespaces', 'pods', []]);
  expect(['', '.', '..']).not.toContain(name);
});
test.each(hostile)('%j is one value of the query', (value) => {
  const { pathname, search, hash } = new URL(apiPath`/api/v1/pods?labelSelector=${value}&limit=5`, 'https://127.0.0.1');
  expect([pathname, hash]).toEqual(['/api/v1/pods', '']);
  const wellFormed = value === '\ud800' ? '\ufffd' : value;
  expect([...new URLSearchParams(search)]).toEqual([
    ['labelSelector', wellFormed],
    ['limit', '5'],
  ]);
});

describe('a path', () => {
  const nodes = apiPath`/api/v1/nodes`;
  test.each<[string, string, string]>([
    [
      'plain names stay as they are',
      apiPath`/api/v1/namespaces/${'kube-system'}/pods/${'a.b-1'}/log?tailLines=${50}`,
      '/api/v1/namespaces/kube-system/pods/a.b-1/log?tailLines=50',
    ],
    ['names of roles', apiPath`/roles/${'system:auth'}`, '/roles/system%3Aauth'],
    ['what Kubernetes accepts as no name names nothing', apiPath`/pods/${'..'}`, '/pods/%25..'],
    ['also with a slash', apiPath`/pods/${'../a'}`, '/pods/%25..%252Fa'],
    ['a list makes segments', apiPath`/${['apis', 'a..b', '..']}/x`, '/apis/a..b/%25../x'],
    ['a path goes on', apiPath`${{ path: nodes }}/${'a/b'}?limit=${5}`, '/api/v1/nodes/%25a%252Fb?limit=5'],
    ['and its query', apiPath`${{ path: apiPath`${{ path: nodes }}?a=${'&'}` }}&b=${'/'}`, '/api/v1/nodes?a=%26&b=%2F'],
  ])('%s', (_, path, expected) => expect(path).toBe(expected));

  test.each<[string, () => string]>([
    ['a part of a segment', () => apiPath`/pods/a${'b'}`],
    ['the start of one', () => apiPath`/pods/${'a'}b`],
    ['a path in the middle', () => apiPath`/x/${{ path: nodes }}`],
    ['a name at the start', () => apiPath`${'api'}/x`],
  ])('%s is no place for a value', (_, build) => expect(build).toThrow('only a part of a segment'));
});

test('nothing else makes a path', () => {
  const casting = /\bas (?:unknown as )?ApiPath\b/;
  expect('path as ApiPath').toMatch(casting);
  const files = Object.keys(importGraph()).filter((file) => casting.test(readFileSync(join(checkout, file), 'utf8')));
  expect(files).toEqual(['src/api-path.ts']);
});
