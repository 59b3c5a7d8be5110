import type { Row } from '../../../test/checks/row.ts';
import { ca, certificates, client, file } from '../../../test/support/facts.ts';
import type { CertificateFile, UntrustedPeer } from '../../model.ts';

const names = ['CN=front-proxy-ca', 'CN=another-ca'].map((name) => ca(name.slice(3)));
const leafOf = (index: number) => certificates([client(names[index] as (typeof names)[number])])[0] as UntrustedPeer['presents']['leaf'];
const bundle = (node: string): CertificateFile => ({
  ...file('requestheaderCa'),
  at: { file: '/etc/kubernetes/pki/front-proxy-ca.crt', node },
});
const fault = { kind: 'unknown-authority', text: 'x509: certificate signed by unknown authority', above: false } as const;
const distrust = (presents: number, trusts: number): UntrustedPeer => ({
  presents: { node: `cp-${presents}`, leaf: leafOf(presents === 2 ? 1 : 0) },
  trusts: { node: `cp-${trusts}`, file: bundle(`cp-${trusts}`) },
  fault,
});

export const rows: readonly Row[] = [
  ['each verifies all others', {}, 'passed'],
  [
    'one of three has a CA of its own',
    { untrustedPeers: [distrust(2, 1), distrust(2, 3), distrust(1, 2), distrust(3, 2)] },
    [
      {
        says: 'the requestheader CAs of cp-2 and of cp-1 and cp-3 do not verify each other',
        at: { file: '/etc/kubernetes/pki/front-proxy-ca.crt', node: 'cp-2' },
        evidence: 'on cp-1 does not verify CN=front-proxy-client of cp-2 (issued by CN=another-ca)',
        fix: 'Do not delete the ConfigMap.',
        latent: true,
      },
    ],
  ],
  ['one of three lacks the new CA', { untrustedPeers: [distrust(2, 1), distrust(3, 1)] }, [{ says: 'of cp-1 and of cp-2 and cp-3' }]],
  ['of two, it cannot be determined', { untrustedPeers: [distrust(2, 1), distrust(1, 2)] }, [{ says: 'of cp-1 and cp-2 do not verify' }]],
];
