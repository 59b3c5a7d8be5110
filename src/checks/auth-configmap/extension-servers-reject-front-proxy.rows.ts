import { anonymous, line, refused, rejects } from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { servers, unknown } from '../../../test/support/facts.ts';

const noRequestHeader = [
  'requestheader-ca-missing',
  'username-headers-missing',
  'configmap-missing',
  'configmap-requestheader-missing',
  'manifest-not-applied',
];

export const rows: readonly Row[] = [
  ['all serve', servers(['', '']), 'passed'],
  [
    'the only one does',
    servers([rejects]),
    [
      {
        says: 'The only extension API server rejects kube-apiserver',
        evidence: '`bad status: 401`',
        command: 'kubectl -n wardle logs service/api',
      },
    ],
  ],
  ['nobody sees the files', { ...servers([rejects]), proxyClientCert: unknown }, [{ fix: 'run `sudo aggctl doctor`' }]],
  [
    'those of one node are not seen',
    { ...servers([rejects]), beside: [{ proxyClientCert: unknown }] },
    [{ fix: 'run `sudo aggctl doctor` on cp-2' }],
  ],
  ['the files are seen, and nothing is wrong with them', servers([rejects]), [{ fix: 'aggctl finds no fault in the certificate files' }]],
  ['three do', servers([rejects, rejects, rejects]), [{ says: '3 of 3 extension API servers reject' }]],
  [
    'its log says that nothing names the user',
    { ...servers([rejects]), loggedRejection: line('no-request-header') },
    [{ evidence: 'log of wardle/api-0', explainedBy: noRequestHeader }],
  ],
  ['its log names an expired CA', { ...servers([rejects]), loggedRejection: line('ca-expired') }, [{ shows: ['ca-expired'] }]],
  [
    'two APIServices of one server do',
    servers([rejects, rejects], 'one Service'),
    [{ says: 'The only extension API server rejects', evidence: 'v1.api1.example.com and v1.api2.example.com' }],
  ],
  ['one of two serves: the cause is its own', servers([rejects, '']), 'passed'],
  ['they differ: no common cause', servers([rejects, anonymous]), 'passed'],
  ['one of two cannot be reached', servers([rejects, refused]), [{ says: '1 of 2 extension API servers rejects' }]],
  ['none can be reached', servers([refused, refused]), 'passed'],
];
