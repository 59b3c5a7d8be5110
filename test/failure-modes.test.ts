import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { areas, failureModes } from './failure-modes.ts';

const modes = Object.entries(failureModes);

test('no mode is missing', () => {
  const ids = Object.entries(areas).flatMap(([area, count]) =>
    Array.from({ length: count }, (_, index) => `${area}${String(index + 1).padStart(2, '0')}`),
  );
  expect(Object.keys(failureModes).sort()).toEqual(ids.sort());
});

test('each is found by checks that exist, or says why not', () => {
  const known = checks.map(({ id }) => id);
  const gaps = modes.filter(([, mode]) =>
    'checks' in mode ? mode.checks.some((id) => !known.includes(id)) : ('out' in mode ? mode.out : mode.later).length < 10,
  );
  expect(gaps).toEqual([]);
});

test('each check finds a mode, but for those of the way to the API', () => {
  const named = modes.flatMap(([, mode]) => ('checks' in mode ? mode.checks : []));
  const idle = checks.map(({ id }) => id).filter((id) => !named.includes(id));
  expect(idle).toEqual([
    'client-credentials-expired',
    'server-certificate-expired',
    'front-proxy-client-expires-soon',
    'kube-apiserver-exits',
    'apiservice-deletion-stuck',
    'apiservice-in-transition',
    'manifest-would-change',
  ]);
});
