import { apiService, discovery, request, response, url } from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ownedBy } from '../../../test/checks/serving.ts';
import { ca, certificates } from '../../../test/support/facts.ts';

const untrusted = `${response}Get "${url}": tls: failed to verify certificate: x509: certificate signed by unknown authority`;
const bundle = (...issued: Parameters<typeof certificates>[0]) => ({ caBundle: { certificates: certificates(issued) } });

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'the condition says so',
    { ...discovery(untrusted, bundle(ca('another-ca'))) },
    [
      {
        says: '`wardle.example.com/v1alpha1` fails for every user',
        at: { object: `APIService ${apiService.name}`, field: 'spec.caBundle' },
        evidence: 'caBundle: CN=another-ca (SHA-256',
        command: `kubectl patch apiservice ${apiService.name}`,
      },
    ],
  ],
  [
    'an operator puts it back',
    { ...discovery(untrusted, bundle(ca('another-ca'))), ...ownedBy({ kind: 'OLM', name: 'adapter.v1', namespace: 'operators' }) },
    [{ fix: 'The Operator Lifecycle Manager (`operators/adapter.v1`) manages it', command: 'get clusterserviceversion adapter.v1' }],
  ],
  [
    'an old and a new CA, neither the right one',
    discovery(untrusted, bundle(ca('old-ca'), ca('new-ca'))),
    [{ evidence: 'CN=old-ca (SHA-256' }],
  ],
  ['no caBundle: the CAs of the image', discovery(untrusted, { caBundle: null }), [{ evidence: 'caBundle is empty' }]],
  [
    'a caBundle that does not parse',
    discovery(untrusted, { caBundle: { certificates: [], fault: 'unable to load root certificates' } }),
    [{ evidence: 'caBundle: unable to load root certificates' }],
  ],
  [
    'up to 1.35 only a request shows it',
    request('error trying to reach service: tls: failed to verify certificate: x509: certificate signed by unknown authority', 35),
    [{ evidence: '`x509: certificate signed by unknown authority`' }],
  ],
  [
    'from 1.36 the condition follows',
    request('error trying to reach service: tls: failed to verify certificate: x509: certificate signed by unknown authority', 36),
    'passed',
  ],
  ['it is not verified', { ...discovery(untrusted), apiService: { ...apiService, insecureSkipTLSVerify: true } }, 'inapplicable'],
  ['another fault of the certificate', discovery(`${response}x509: certificate has expired or is not yet valid`), 'passed'],
];
