import {
  apiService,
  condition,
  dialedAfter,
  discovery,
  probe,
  recovering,
  refused,
  rejects,
  request,
  response,
  steadily,
  url,
} from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers, failing, healthy } from '../../../test/support/facts.ts';

const untrusted = `${response}Get "${url}": tls: failed to verify certificate: x509: certificate signed by unknown authority`;

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
  ['it is True, and each request fails: that is a fact', steadily('error trying to reach service: dial tcp: i/o timeout'), 'passed'],
  [
    'it is True, and each request repeats that it is False by now',
    steadily('service unavailable'),
    [{ says: 'a request fails while Available is True' }],
  ],
  [
    'refused five minutes ago, and every address answers now',
    dialedAfter(refused, 'all'),
    [
      {
        severity: 'warning',
        says: 'can be reached on every ready address, and Available is still False',
        at: condition,
        evidence: ['connection refused', 'last changed 5m ago, and is stale'],
        fix: 'within 40 s',
        command: 'check-apiservice v1alpha1.wardle.example.com',
      },
    ],
  ],
  ['refused, and refused now', dialedAfter(refused, 'none'), 'passed'],
  ['refused, and nobody dialed', dialedAfter(refused, null), 'passed'],
  [
    'it had no endpoints: a connection to the ClusterIP refutes nothing',
    dialedAfter('endpoints for service/api in "wardle" have no addresses with port name "https"', 'all', {}, 'MissingEndpoints'),
    'passed',
  ],
  ['it answered 401: a connection refutes nothing', dialedAfter(rejects, 'all'), 'passed'],
  [
    'it gave no answer in time: a connection refutes nothing',
    dialedAfter(`${response}Get "${url}": context deadline exceeded`, 'all'),
    'passed',
  ],
  ['it presented what the caBundle did not sign, and no more', dialedAfter(untrusted, 'all'), [{ severity: 'warning' }]],
  ['the same, and nobody sees the CAs that count', dialedAfter(untrusted, 'all', { caBundle: null }), 'passed'],
  [
    'the same, and it is not verified any more',
    dialedAfter(untrusted, 'all', { caBundle: null, insecureSkipTLSVerify: true }),
    [{ severity: 'warning' }],
  ],
  ['a user gets 401 once', failing(apiService, answers(401, 'Unauthorized')), [{ aspect: 'rejects-user' }]],
];
