import { expect, test } from 'vitest';
import { identityByClientCa } from '../../../src/facts/apiserver/client-ca-identity.ts';
import type { CertificateFile } from '../../../src/model.ts';
import { ca, certificates, client, days, file, healthy } from '../../support/facts.ts';
import type { Issued } from '../../support/pki.ts';

const users = ca('kubernetes');
const holding = (is: 'proxyClientCert' | 'clientCa', issued: readonly Issued[]): CertificateFile =>
  file(is, { certificates: certificates(issued) });
const identity = (leaf: Issued, roots: readonly Issued[] = [users]) =>
  identityByClientCa(holding('proxyClientCert', [leaf]), holding('clientCa', roots), healthy.now);
const subject = (...organizations: string[]) => [...organizations.map((name) => ['O', name] as const), ['CN', 'x'] as const];

test.each([
  [
    'its CN and O are user and groups',
    client(users, { subject: subject('system:masters', 'ops') }),
    ['system:masters', 'ops', 'system:authenticated'],
  ],
  ['no O', client(users, { subject: subject() }), ['system:authenticated']],
])('%s', (_, leaf, groups) => {
  expect(identity(leaf)).toEqual({ user: 'x', groups });
});

test.each([
  ['another CA signed it', client(ca('front-proxy-ca')), [users]],
  ['it expired', client(users, { notAfter: days(-1) }), [users]],
  ['it is for servers only', client(users, { extendedKeyUsage: ['serverAuth'] }), [users]],
  ['without a CN it is nobody', client(users, { subject: [['O', 'system:masters']] }), [users]],
  ['there is no such CA', client(users), []],
])('null: %s', (_, leaf, roots) => {
  expect(identity(leaf, roots)).toBeNull();
});
