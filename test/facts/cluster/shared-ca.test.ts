import { describe, expect, test } from 'vitest';
import { readAuthConfigMap } from '../../../src/facts/cluster/auth-configmap.ts';
import { sharedByConfigMap } from '../../../src/facts/cluster/shared-ca.ts';
import { ca, days } from '../../support/facts.ts';
import { keyPair } from '../../support/pki.ts';

const cluster = ca('kubernetes').pem;
const frontProxy = ca('front-proxy-ca').pem;
/** The same certificate, written by another program. */
const rewritten = `# the CA\r\n${cluster.replaceAll('\n', '\r\n')}`;
const reissued = ca('kubernetes', { notAfter: days(3000) }).pem;
const namesake = ca('kubernetes', { key: keyPair('p-256', 'other') }).pem;

const found = (clientCa: string, requestheaderCa: string, names = '[]') =>
  sharedByConfigMap(
    readAuthConfigMap({
      metadata: {},
      data: { 'client-ca-file': clientCa, 'requestheader-client-ca-file': requestheaderCa, 'requestheader-allowed-names': names },
    }),
    34,
  );

describe('what the ConfigMap shows of a CA that users and the front proxy share', () => {
  test.each([
    ['one certificate', cluster, cluster, 'certificate'],
    ['one certificate, written otherwise', cluster, rewritten, 'certificate'],
    ['bundles that share one', `${ca('users').pem}${cluster}`, `${frontProxy}${cluster}`, 'certificate'],
    ['another certificate of its name and key', cluster, reissued, 'key'],
  ])('%s', (_, clientCa, requestheaderCa, is) => {
    expect(found(clientCa, requestheaderCa)).toMatchObject({ by: 'ConfigMap', is, minor: 34, ca: { subject: 'CN=kubernetes' } });
  });

  test.each([
    ['different CAs', cluster, frontProxy, '[]', 'none'],
    ['different CAs, with names', cluster, frontProxy, '["front-proxy-client"]', 'none'],
    ['the same name with another key', cluster, namesake, '[]', 'none'],
    ['no client CA', '', frontProxy, '[]', 'none'],
    ['a shared one, and names that some kube-apiserver sets', cluster, cluster, '["front-proxy-client"]', null],
    ['names that cannot be read', cluster, cluster, '[', null],
    ['a bundle that cannot be read', cluster, 'x', '[]', null],
  ])('%s', (_, clientCa, requestheaderCa, names, expected) => {
    expect(found(clientCa, requestheaderCa, names)).toBe(expected);
  });

  test('a list of names that is not there is empty', () => {
    const data = { 'client-ca-file': cluster, 'requestheader-client-ca-file': cluster };
    expect(sharedByConfigMap(readAuthConfigMap({ metadata: {}, data }), null)).toMatchObject({ is: 'certificate', minor: null });
  });
});
