import { differs } from '../../../test/checks/differing.ts';
import type { Row } from '../../../test/checks/row.ts';
import { dial } from '../../../test/checks/way.ts';
import { answers } from '../../../test/support/facts.ts';

const [good, bad] = [answers(200), answers(500, 'x')];
const echo = answers(503, 'service unavailable');
const first = dial('pod', true);
const second = { ...dial('pod', false, '10.244.0.8:8443'), pod: 'api-1' };

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['nobody looked', differs([], []), 'passed'],
  ['all fail', differs([bad, bad, bad]), 'passed'],
  ['none fails', differs([good, good], [first, { ...second, connected: true }]), 'passed'],
  ['the condition turns while aggctl asks', differs([echo, good, good, good]), 'passed'],
  [
    'some fail',
    differs([bad, good, good, bad]),
    [{ says: '2 of 4 equal requests fail', evidence: '`500 x`', command: 'logs service/api --all-pods', effects: ['users get 500'] }],
  ],
  ['users get several answers', differs([answers(403, 'x'), good, bad]), [{ effects: ['users get 403 and 500'] }]],
  [
    'one of two addresses refuses, and each request reached the other',
    differs([good, good], [first, second]),
    [
      {
        says: '1 of the 2 ready addresses behind its Service fails: `10.244.0.8:8443`',
        evidence: ['10.244.0.8:8443 (pod api-1): completed no connection', '10.244.0.7:8443: TCP and TLS handshakes complete'],
        fix: 'why this server fails',
        command: 'kubectl -n wardle describe pod api-1',
        effects: [],
      },
    ],
  ],
  [
    'one of two refuses, and the condition is False for the moment',
    differs([echo, echo], [first, second]),
    [{ says: '`10.244.0.8:8443`', effects: [] }],
  ],
  ['both refuse: another check', differs([bad, bad], [dial('pod', false), second]), 'passed'],
  [
    'two of three refuse',
    differs([good], [first, second, { ...second, address: '10.244.0.9:8443', pod: null }]),
    [{ says: '2 of the 3 ready addresses behind its Service fail', fix: 'these servers fail' }],
  ],
  [
    'the ClusterIP refuses, and the only pod answers: the path, not the server',
    differs([good], [first, dial('ClusterIP', false)]),
    'passed',
  ],
];
