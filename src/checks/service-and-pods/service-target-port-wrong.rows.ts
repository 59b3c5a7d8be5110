import { port, ready, timedOut } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['it is right', ready({}, {}), 'passed'],
  [
    'its arguments say otherwise',
    ready(port(4443), { words: ['/metrics-server', '--secure-port=10250'], ports: [{ name: 'https', port: 4443 }] }),
    [
      {
        says: 'forwards to port `4443` of its pods, but the extension API server listens on `10250`',
        command: '"value":10250',
        evidence: '--secure-port=10250',
      },
    ],
  ],
  ['as two words', ready(port(443), { words: ['/x', '--secure-port', '8443'] }), [{ command: '"value":8443' }]],
  ['its arguments agree', ready(port(8443), { words: ['--secure-port=8443'], ports: [{ name: 'x', port: 443 }] }), 'passed'],
  ['a name', ready(port('https'), { words: ['--secure-port=10250'] }), [{ says: 'port `https`' }]],
  ['its ports say otherwise', ready(port(8443), {}), [{ evidence: 'containers of pod api-0: 443' }]],
  ['it declares none', ready(port(8443), { ports: [] }), 'passed'],
  ['one of two declares it', ready(port(8443), {}, { ports: [{ name: 'x', port: 8443 }] }), 'passed'],
  ['it times out', { ...ready(port(8443), {}), ...timedOut }, 'passed'],
  ['the Service lacks the port', ready({ ports: [] }, { words: ['--secure-port=10250'] }), 'passed'],
];
