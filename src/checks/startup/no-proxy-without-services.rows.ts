import type { Row } from '../../../test/checks/row.ts';
import { at } from '../../../test/checks/startup.ts';
import { type Change, flags } from '../../../test/support/facts.ts';
import type { Proxied } from '../../model.ts';

const proxied = (change: Partial<Proxied>): Change => ({
  proxied: { variable: 'HTTPS_PROXY', proxy: 'http://proxy:3128', at, noProxy: '.svc', through: [], ...change },
});

export const rows: readonly Row[] = [
  ['no proxy', {}, 'inapplicable'],
  ['NO_PROXY includes all', proxied({}), 'passed'],
  [
    'an address goes through it',
    proxied({ through: [{ service: 'a/b', address: '10.96.0.9' }] }),
    [
      {
        says: 'Service `a/b` at `10.96.0.9` through the proxy `http://proxy:3128`, because `NO_PROXY` does not include this address',
        at,
        evidence: 'NO_PROXY=.svc',
        command: 'Add 10.96.0.0/12 to NO_PROXY',
      },
    ],
  ],
  [
    'pods, with aggregator routing',
    {
      ...flags({ 'enable-aggregator-routing': 'true' }),
      ...proxied({ noProxy: '', through: [{ service: 'a/b', address: '10.244.0.9' }] }),
    },
    [{ evidence: 'NO_PROXY is not set', command: 'Add the pod range to NO_PROXY' }],
  ],
  [
    'two addresses go through it',
    proxied({
      through: [
        { service: 'a/b', address: '10.96.0.9' },
        { service: 'a/c', address: '10.96.0.10' },
      ],
    }),
    [{ says: 'does not include these addresses' }],
  ],
];
