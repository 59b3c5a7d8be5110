/** What puts the front proxy right follows from what is on the node: each row is one node, and what is printed for it. */
import { describe, expect, test } from 'vitest';
import { fixFrontProxy } from '../../src/distributions/fix-front-proxy.ts';
import { standardFilesOf } from '../../src/distributions/places.ts';
import { remedyOf } from '../../src/facts/apiserver/front-proxy-remedy.ts';
import type { Answer, CertificateFile, KeyFile, Observed } from '../../src/model.ts';
import { ca, certificates, client, days, flags, healthy } from '../support/facts.ts';
import { pemKey, textFile } from '../support/pairs.ts';
import { type Issued, keyPair } from '../support/pki.ts';

const pki = '/etc/kubernetes/pki';
const frontProxyCa = ca('front-proxy-ca');
const users = ca('kubernetes');
const etcd = ca('etcd-ca');
const other = keyPair('p-256', 'other');
const [certFlag, keyFlag, caFlag] = ['proxy-client-cert-file', 'proxy-client-key-file', 'requestheader-client-ca-file'] as const;

interface Node {
  /** Values of flags, where they are not kubeadm's. */
  readonly flags?: Readonly<Record<string, string>>;
  /** By path: certificates, or a key. What is not named does not exist. */
  readonly files: Readonly<Record<string, readonly Issued[] | ReturnType<typeof keyPair>>>;
  readonly distribution?: string | null;
}
const usual = {
  [`${pki}/ca.crt`]: [users],
  [`${pki}/front-proxy-ca.crt`]: [frontProxyCa],
  [`${pki}/front-proxy-ca.key`]: frontProxyCa.key,
  [`${pki}/front-proxy-client.crt`]: [client(frontProxyCa)],
  [`${pki}/front-proxy-client.key`]: client(frontProxyCa).key,
};

function remedyOn({ files, flags: set = {}, distribution = 'kubeadm' }: Node) {
  const all = flags(set).flags as typeof healthy.flags;
  const keyAt = (path: string): Answer['key'] => {
    const found = files[path];
    if (!found) return { is: 'absent' };
    return 'privateKey' in found ? pemKey(found) : { is: 'certificate', mode: '0600', uid: 0, gid: 0, mtime: '' };
  };
  const certificate = (path: string): CertificateFile => {
    const found = files[path];
    const issued = found && !('privateKey' in found) ? found : [];
    const text = issued.map(({ pem }) => pem).join('');
    const named = { flag: { name: '', value: path, list: [], at: all.at }, path, hostPath: path, at: { file: path, node: 'cp-1' } };
    if (!found) return { ...named, is: 'absent', certificates: [] };
    return { ...named, is: 'certificates', certificates: certificates(issued), answer: textFile(text) };
  };
  const key = (path: string): KeyFile => {
    const { answer: _, certificates: __, ...named } = certificate(path);
    return { ...named, is: named.is === 'absent' ? 'absent' : 'key', answer: keyAt(path) };
  };
  const known = <T>(value: T): Observed<T> => ({ ok: true, value });
  const value = (name: string) => all.byName[name]?.value ?? '';
  const paths = standardFilesOf(distribution);
  const caKeys = [value(caFlag), `${pki}/front-proxy-ca.crt`].map((path) => path.replace(/crt$/, 'key'));
  return remedyOf({
    flags: all,
    cert: certificate(value(certFlag)),
    key: key(value(keyFlag)),
    ca: certificate(value(caFlag)),
    clientCa: certificate(value('client-ca-file')),
    moment: healthy.now,
    standard: {
      files: paths && {
        paths,
        clientCaPath: `${pki}/ca.crt`,
        ca: known(certificate(paths.ca)),
        cert: known(certificate(paths.cert)),
        key: known(key(paths.key)),
      },
      caKeys: Object.fromEntries(caKeys.map((path) => [path, known(keyAt(path))])),
    },
  });
}
const fixOn = (node: Node, want?: Parameters<typeof fixFrontProxy>[2]) => {
  const { text, commands = [] } = fixFrontProxy(remedyOn(node), node.distribution === undefined ? 'kubeadm' : node.distribution, want);
  return { text, script: commands.join('\n') };
};

const pair = (leaf: Issued, stem = `${pki}/front-proxy-client`) => ({ [`${stem}.crt`]: [leaf], [`${stem}.key`]: leaf.key });
const expired = client(frontProxyCa, { notAfter: days(-3) });
const renew = 'kubeadm certs renew front-proxy-client';
const without = (...paths: readonly string[]) => Object.fromEntries(Object.entries(usual).filter(([path]) => !paths.includes(path)));

describe('a pair that expired', () => {
  test('is renewed by kubeadm', () => {
    expect(fixOn({ files: { ...usual, ...pair(expired) } }).script).toBe(renew);
  });
  test('is not, without the key of the CA: kubeadm would renew nothing and exit 0', () => {
    const { text, script } = fixOn({ files: { ...without(`${pki}/front-proxy-ca.key`), ...pair(expired) } });
    expect(text).toContain('front-proxy-ca.key` does not exist');
    expect(script).toBe(`scp root@OTHER-NODE:${pki}/front-proxy-ca.key ${pki}/front-proxy-ca.key`);
  });
  test('is not, with the key of another CA', () => {
    expect(fixOn({ files: { ...usual, ...pair(expired), [`${pki}/front-proxy-ca.key`]: other } })).toMatchObject({
      text: expect.stringContaining('is not the key of this CA'),
      script: '',
    });
  });
  test.each([
    ['that expired, too', ca('front-proxy-ca', { notAfter: days(-1) })],
    ['that is none', ca('front-proxy-ca', { basicConstraints: { ca: false } })],
  ])('is not, by a CA %s', (_, unfit) => {
    const { text, script } = fixOn({ files: { ...usual, ...pair(expired), [`${pki}/front-proxy-ca.crt`]: [unfit] } });
    expect(text).toContain('First replace the CA');
    expect(script).toBe('');
  });
  test('is issued from the second certificate of a bundle, where the key belongs to that one: kubeadm takes only the first', () => {
    const { script } = fixOn({ files: { ...usual, ...pair(expired), [`${pki}/front-proxy-ca.crt`]: [ca('old'), frontProxyCa] } });
    expect(script).toMatch(/sed -n '\d+,\$p' \/etc\/kubernetes\/pki\/front-proxy-ca\.crt > "\$d"\/front-proxy-ca\.crt/);
    expect(script).not.toContain(renew);
  });
  test('in another directory is issued there, by the CA of the flag: kubeadm would renew the one in its own', () => {
    const elsewhere = { [certFlag]: `${pki}/fp/client.crt`, [keyFlag]: `${pki}/fp/client.key` };
    const { script } = fixOn({
      flags: elsewhere,
      files: { ...without(`${pki}/front-proxy-client.crt`), ...pair(expired, `${pki}/fp/client`) },
    });
    expect(script).toContain(`cp "$d"/front-proxy-client.key ${pki}/fp/client.key`);
    expect(script).not.toContain(renew);
  });
  test('in another directory, while a sound one is in its own place, is left: the flags are set', () => {
    const elsewhere = { [certFlag]: `${pki}/fp/client.crt`, [keyFlag]: `${pki}/fp/client.key` };
    const other = client(ca('unknown'), { notAfter: days(-3) });
    const { script } = fixOn({ flags: elsewhere, files: { ...usual, ...pair(other, `${pki}/fp/client`) } });
    expect(script).toContain(`# Set --proxy-client-cert-file=${pki}/front-proxy-client.crt and --proxy-client-key-file=`);
    expect(script).not.toContain('kubeadm');
  });
  test('and whose CA is not the one of the flag: both at once, or it would be rejected after the renewal', () => {
    const { script } = fixOn({
      flags: { [caFlag]: `${pki}/etcd/ca.crt` },
      files: { ...usual, [`${pki}/etcd/ca.crt`]: [etcd], ...pair(expired) },
    });
    expect(script).toContain(renew);
    expect(script).toContain(`# Set --requestheader-client-ca-file=${pki}/front-proxy-ca.crt`);
  });
});

describe('a flag that names the wrong file', () => {
  test.each([
    ['the CA of the users', 'ca', users],
    ['the CA of etcd', 'etcd/ca', etcd],
  ])('%s: the flag is set', (_, stem, wrong) => {
    const { text, script } = fixOn({ flags: { [caFlag]: `${pki}/${stem}.crt` }, files: { ...usual, [`${pki}/${stem}.crt`]: [wrong] } });
    expect(text).toContain(`set --requestheader-client-ca-file=${pki}/front-proxy-ca.crt`);
    expect(script).not.toContain('kubeadm');
  });
  test('both CA flags swapped: both are set', () => {
    const swapped = { [caFlag]: `${pki}/ca.crt`, 'client-ca-file': `${pki}/front-proxy-ca.crt` };
    expect(fixOn({ flags: swapped, files: usual }).text).toContain(
      `set --requestheader-client-ca-file=${pki}/front-proxy-ca.crt and --client-ca-file=${pki}/ca.crt`,
    );
  });
  test.each([
    ['the client of etcd', `${pki}/apiserver-etcd-client`, client(etcd, { subject: [['CN', 'kube-apiserver-etcd-client']] })],
    ['the pair of the CA', `${pki}/front-proxy-ca`, frontProxyCa],
    [
      'the client of the kubelets',
      `${pki}/apiserver-kubelet-client`,
      client(users, { subject: [['CN', 'kube-apiserver-kubelet-client']] }),
    ],
  ])('%s: the flags are set to the sound pair, and no file is touched', (_, stem, leaf) => {
    const { script } = fixOn({
      flags: { [certFlag]: `${stem}.crt`, [keyFlag]: `${stem}.key` },
      files: { ...usual, ...pair(leaf, stem), [`${pki}/front-proxy-ca.crt`]: [frontProxyCa] },
    });
    expect(script).toContain(`# Set --proxy-client-cert-file=${pki}/front-proxy-client.crt and`);
    expect(script).not.toMatch(/kubeadm|pki\S*\."\$\(date/);
  });
  test('the certificate twice: the flags are set', () => {
    expect(fixOn({ flags: { [keyFlag]: `${pki}/front-proxy-client.crt` }, files: usual }, 'another').script).toContain(
      '# Set --proxy-client-cert-file=',
    );
  });
  test("another component's pair, and no sound one: a new one in its own place, then the flags", () => {
    const stem = `${pki}/apiserver-etcd-client`;
    const { script } = fixOn({
      flags: { [certFlag]: `${stem}.crt`, [keyFlag]: `${stem}.key` },
      files: { ...without(`${pki}/front-proxy-client.crt`, `${pki}/front-proxy-client.key`), ...pair(client(etcd), stem) },
    });
    expect(script).toMatch(
      /kubeadm init phase[\s\S]*cp "\$d"\/front-proxy-client\.crt \/etc\/kubernetes\/pki\/front-proxy-client\.crt[\s\S]*# Set --proxy-client/,
    );
    expect(script).not.toContain('apiserver-etcd-client.crt.');
  });
});

describe('what stays', () => {
  test('a CA that also signs users, where the distribution has no other', () => {
    expect(fixOn({ files: { ...usual, ...pair(expired) }, distribution: null }, 'later').text).toContain(
      `in place of \`${pki}/front-proxy-client.crt\``,
    );
  });
  test('the pair of a client under a shared CA: the front proxy gets files of its own, under the name that is allowed', () => {
    const proxy = client(users, { subject: [['CN', 'system:kube-proxy']] });
    const { text } = fixOn({
      flags: {
        [certFlag]: '/ssl/kube-proxy.crt',
        [keyFlag]: '/ssl/kube-proxy.key',
        [caFlag]: `${pki}/ca.crt`,
        'requestheader-allowed-names': 'aggregator',
      },
      files: { ...pair(proxy, '/ssl/kube-proxy'), [`${pki}/ca.crt`]: [users] },
      distribution: null,
    });
    expect(text).toContain('CN `aggregator`) from the CA in `/etc/kubernetes/pki/ca.crt`, into two new files');
  });
  test('the standard CA is never set where it signs users', () => {
    expect(
      remedyOn({
        flags: { [caFlag]: `${pki}/etcd/ca.crt` },
        files: { ...usual, [`${pki}/etcd/ca.crt`]: [etcd], [`${pki}/ca.crt`]: [frontProxyCa] },
      }).set,
    ).toEqual({});
  });
});
