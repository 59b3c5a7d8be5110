import { apiService, condition, discovery, probe, recovering, rejects, request } from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers, failing, healthy } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'the condition is True, and a request fails',
    request('error trying to reach service: dial tcp: i/o timeout'),
    [{ says: 'a request fails while Available is True', at: probe, command: 'aggctl doctor' }],
  ],
  ['False for a moment, and a request succeeds', recovering(20), [{ says: 'Available was just False', at: condition }]],
  ['it is a minute old', failing({ ...apiService, available: null, createdAt: healthy.now }, answers(503)), [{ says: 'it is new' }]],
  ['it is False, and stays so', discovery(rejects), 'passed'],
  ['a user gets 401 once', failing(apiService, answers(401, 'Unauthorized')), [{ aspect: 'rejects-user' }]],
];
