import type { Row } from '../../../test/checks/row.ts';
import { because, both, leaf, says } from '../../../test/checks/serving.ts';
import { ca, certificates } from '../../../test/support/facts.ts';
import type { Issued } from '../../../test/support/pki.ts';

const noCa = because('x509: invalid signature: parent certificate cannot sign this kind of certificate');

const bundle = (...issued: readonly Issued[]) => ({ caBundle: { certificates: certificates(issued) } });
const notCa = ca('no-ca', { basicConstraints: { ca: false } });
const withoutSigning = ca('no-signing', { keyUsage: ['digitalSignature'] });

export const rows: readonly Row[] = [
  ...both(noCa, [leaf({}, notCa)], { command: 'basicConstraints' }, bundle(notCa)),
  [
    'of the caBundle it names the certificates that cannot sign, and no other',
    says(noCa, bundle(ca('sound'), notCa, withoutSigning)),
    [{ evidence: ['cannot sign', 'CN=no-ca, CA:FALSE', 'CN=no-signing, CA:TRUE, key usage digitalSignature'] }],
  ],
];
