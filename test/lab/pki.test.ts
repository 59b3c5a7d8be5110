import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { issue } from './pki.ts';

test.each(['rsa', 'ecdsa', 'ed25519'] as const)('issues %s certificates with the properties asked for', async (keyType) => {
  const ca = await issue({ commonName: 'a-ca', ca: true, keyType });
  const notBefore = new Date('2020-02-03T04:05:06Z');
  const notAfter = new Date('2021-02-03T04:05:06Z');
  const leaf = await issue({
    commonName: 'front-proxy-client',
    organizations: ['one', 'two'],
    issuer: ca,
    keyType,
    notBefore,
    notAfter,
    extendedKeyUsage: ['clientAuth'],
    subjectAltNames: ['DNS:api.wardle.svc', 'IP:192.0.2.10'],
  });
  const [caCert, cert] = [new X509Certificate(ca.cert), new X509Certificate(leaf.cert)];
  expect(caCert.ca).toBe(true);
  expect(cert.verify(caCert.publicKey)).toBe(true);
  expect(cert.subject).toBe('O=one\nO=two\nCN=front-proxy-client');
  expect(cert.publicKey.asymmetricKeyType).toBe({ rsa: 'rsa', ecdsa: 'ec', ed25519: 'ed25519' }[keyType]);
  expect([new Date(cert.validFrom), new Date(cert.validTo)]).toEqual([notBefore, notAfter]);
  expect(cert.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  expect(cert.subjectAltName).toBe('DNS:api.wardle.svc, IP Address:192.0.2.10');
  // The same key again, as in a renewal.
  const renewed = new X509Certificate((await issue({ commonName: 'front-proxy-client', issuer: ca, key: leaf.key })).cert);
  expect(renewed.publicKey.equals(cert.publicKey)).toBe(true);
  expect(renewed.keyUsage).toBeUndefined();
});

test('issues a certificate without a common name', async () => {
  expect(new X509Certificate((await issue({ organizations: ['one'] })).cert).subject).toBe('O=one');
});
