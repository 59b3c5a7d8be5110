import type { Row } from '../../../test/checks/row.ts';
import { apiService, available, serves, url } from '../../../test/checks/way.ts';
import { answers, failing, unavailable } from '../../../test/support/facts.ts';

const turnedAway = answers(429, 'rate limit exceeded');

export const rows: readonly Row[] = [
  serves,
  [
    'the probe is turned away',
    unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: bad status from ${url}: 429`),
    [{ says: 'fails for every user', evidence: 'bad status: 429', command: 'flowschemas' }],
  ],
  [
    'the probe is spared, as a member of system:masters',
    failing({ ...apiService, available }, turnedAway, 37, [turnedAway, turnedAway]),
    [{ says: 'fails for users: its extension API server', evidence: 'exempt system:masters' }],
  ],
  ['for a moment', failing({ ...apiService, available }, turnedAway, 37, [turnedAway, answers(200)]), 'passed'],
];
