import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { chmod, mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readNodeDir, readNodeFile, readNodeKey } from '../../src/sources/node.ts';
import { CA, closeAll, folder } from '../cluster/servers.ts';
import { keyPair, privatePem, publicPem } from '../support/pki.ts';

let root: string;
const write = (name: string, content: string | Buffer) => writeFile(path.join(root, name), content);
beforeAll(async () => {
  root = await folder();
  await mkdir(path.join(root, 'etc/pki'), { recursive: true });
});
afterAll(closeAll);

describe('a file', () => {
  test('is text with its ownership; absent, a folder, a folder’s names', async () => {
    await write('etc/a.yaml', 'a: ü\r\n');
    await chmod(path.join(root, 'etc/a.yaml'), 0o640);
    await utimes(path.join(root, 'etc/a.yaml'), 0, 1_700_000_000);
    const ownership = { mode: '0640', uid: process.getuid?.(), gid: process.getgid?.(), mtime: '2023-11-14T22:13:20.000Z' };
    expect(await readNodeFile(root, '/etc/a.yaml')).toEqual({ ok: true, value: { is: 'text', text: 'a: ü\r\n', ...ownership } });
    for (const gone of ['/etc/no', '/no/no', '/etc/a.yaml/below']) {
      expect(await readNodeFile(root, gone)).toEqual({ ok: true, value: { is: 'absent' } });
      expect(await readNodeKey(root, gone)).toEqual({ ok: true, value: { is: 'absent' } });
      expect(await readNodeDir(root, gone)).toEqual({ ok: true, value: { is: 'absent' } });
    }
    expect(await readNodeFile(root, '/etc')).toEqual({ ok: true, value: { is: 'directory' } });
    expect(await readNodeKey(root, '/')).toEqual({ ok: true, value: { is: 'directory' } });
    expect(await readNodeDir(root, '/etc')).toEqual({ ok: true, value: { is: 'directory', entries: ['a.yaml', 'pki'] } });
  });

  test('under /var/log is given by its last lines, from a whole one on', async () => {
    await mkdir(path.join(root, 'var/log/pods'), { recursive: true });
    const lines = Array.from({ length: 5_000 }, (_, n) => `line ${n} of a log of kube-apiserver\n`);
    await write('var/log/pods/0.log', lines.join(''));
    const answer = await readNodeFile(root, '/var/log/pods/0.log');
    const text = answer.ok && answer.value.is === 'text' ? answer.value.text : '';
    expect(text.length).toBeLessThanOrEqual(64 * 1024);
    expect(text).toBe(lines.slice(-text.split('\n').length + 1).join(''));
    await write('var/log/pods/1.log', 'short\n');
    expect(await readNodeFile(root, '/var/log/pods/1.log')).toMatchObject({ value: { text: 'short\n' } });
  });

  test('that is not text is withheld, but for a DER certificate', async () => {
    await write('etc/cert.der', CA.der);
    await write('etc/junk', Buffer.from([0, 1, 2]));
    await write('etc/latin1', Buffer.from('ü', 'latin1'));
    expect(await readNodeFile(root, '/etc/cert.der')).toMatchObject({
      ok: true,
      value: { is: 'binary', size: CA.der.length, certificate: CA.pem },
    });
    const junk = await readNodeFile(root, '/etc/junk');
    expect(junk).toMatchObject({ ok: true, value: { is: 'binary', size: 3 } });
    expect(junk).not.toHaveProperty('value.certificate');
    expect(await readNodeFile(root, '/etc/latin1')).toMatchObject({ ok: true, value: { is: 'binary', size: 1 } });
  });

  test('with a private key is shown without it', async () => {
    const pem = privatePem(keyPair('p-256', 'hidden'));
    await write('etc/both.pem', `${CA.pem}${pem}`);
    const answer = await readNodeFile(root, '/etc/both.pem');
    expect(answer).toMatchObject({ ok: true, value: { is: 'text', text: expect.stringContaining(CA.pem) } });
    expect(JSON.stringify(answer)).not.toContain(pem.split('\n')[1]);
  });

  test('of more than 32 MiB, a FIFO, a device, a socket path that is no plain path', async () => {
    await write('etc/huge', '');
    await truncate(path.join(root, 'etc/huge'), 32 * 1024 * 1024 + 1);
    execFileSync('mkfifo', [path.join(root, 'etc/fifo')]);
    expect(await readNodeFile(root, '/etc/huge')).toMatchObject({
      ok: false,
      why: 'malformed',
      message: expect.stringContaining('larger than 32 MiB'),
    });
    expect(await readNodeFile(root, '/etc/fifo')).toMatchObject({
      ok: false,
      why: 'malformed',
      message: expect.stringContaining('is a FIFO'),
    });
    expect(await readNodeFile('/', '/dev/null')).toMatchObject({
      ok: false,
      why: 'malformed',
      message: expect.stringContaining('is a device'),
    });
    for (const bad of ['etc/a.yaml', '/etc/../etc/a.yaml', '/..', '/etc/a\0'])
      for (const read of [readNodeFile, readNodeKey, readNodeDir])
        expect(await read(root, bad)).toMatchObject({ ok: false, why: 'malformed' });
  });
});

describe('symbolic links', () => {
  test('stay inside the root, whether absolute, relative, climbing or chained', async () => {
    const outside = await folder();
    await writeFile(path.join(outside, 'secret'), 'outside');
    await write('etc/real', 'inside');
    const links = {
      'etc/absolute': '/etc/real',
      'etc/relative': './pki/../real',
      'etc/climbing': '../../../../../etc/real',
      'etc/chained': 'absolute',
      folder: '/etc',
      'etc/escape': path.join(outside, 'secret'),
      'etc/up': `${'../'.repeat(20)}${outside.slice(1)}/secret`,
      'etc/loop': 'loop',
      'etc/dangling': 'nowhere',
    };
    for (const [name, target] of Object.entries(links)) await symlink(target, path.join(root, name));
    for (const name of ['/etc/absolute', '/etc/relative', '/etc/climbing', '/etc/chained', '/folder/real', '/folder/chained'])
      expect(await readNodeFile(root, name), name).toMatchObject({ ok: true, value: { is: 'text', text: 'inside' } });
    for (const name of ['/etc/escape', '/etc/up', '/etc/dangling'])
      expect(await readNodeFile(root, name), name).toEqual({ ok: true, value: { is: 'absent' } });
    expect(await readNodeDir(root, '/folder')).toMatchObject({ ok: true, value: { entries: expect.arrayContaining(['real']) } });
    expect(await readNodeFile(root, '/etc/loop')).toMatchObject({ ok: false, why: 'malformed', message: expect.stringContaining('ELOOP') });
  });
});

test('what may not be read is denied, and says to use sudo', async () => {
  await write('etc/mine', 'x');
  await chmod(path.join(root, 'etc/mine'), 0o000);
  await chmod(root, 0o755);
  // Root reads everything, so the question is put by a process of somebody else.
  const script = path.join(root, 'ask.mjs');
  await build({
    entryPoints: ['src/sources/node.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: path.join(root, 'node.mjs'),
    banner: { js: REQUIRE },
    logLevel: 'silent',
  });
  await writeFile(
    script,
    `import { readNodeFile, readNodeKey } from './node.mjs';
     console.log(JSON.stringify([await readNodeFile(${JSON.stringify(root)}, '/etc/mine'), await readNodeKey(${JSON.stringify(root)}, '/etc/mine')]));`,
  );
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const answers = JSON.parse(execFileSync(process.execPath, [script], { cwd: root, encoding: 'utf8', ...nobody }));
  const denied = { ok: false, why: 'denied', message: 'This user cannot read `/etc/mine` (EACCES): run aggctl as root.' };
  expect(answers).toEqual([denied, denied]);
});
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

describe('a key', () => {
  const ec = keyPair('p-256', 'ec');
  const rsa = keyPair('rsa-2048');
  const ed = keyPair('ed25519');
  const PARAMETERS = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
  const as = (pair: typeof ec, options: object) =>
    pair.privateKey.export({ format: 'pem', type: 'pkcs8', ...options } as never) as string | Buffer;
  const secret = { cipher: 'aes-256-cbc', passphrase: 'pass' };
  test.each<[string, () => string | Buffer, string, typeof ec | null]>([
    ['PKCS#8, EC', () => privatePem(ec), 'pem', ec],
    ['PKCS#8, RSA', () => privatePem(rsa), 'pem', rsa],
    ['PKCS#8, Ed25519', () => privatePem(ed), 'pem', ed],
    ['PKCS#1', () => as(rsa, { type: 'pkcs1' }), 'pem', rsa],
    ['SEC 1 after EC PARAMETERS', () => PARAMETERS + as(ec, { type: 'sec1' }), 'pem', ec],
    ['CRLF, and after a certificate', () => `text\r\n${CA.pem}${privatePem(ec)}`.replace(/\r?\n/g, '\r\n'), 'pem', ec],
    ['encrypted PKCS#8', () => as(ec, secret), 'encrypted', null],
    ['encrypted PKCS#1', () => as(rsa, { type: 'pkcs1', ...secret }), 'encrypted', null],
    ['DER PKCS#8', () => as(ec, { format: 'der' }), 'der', ec],
    ['DER PKCS#1', () => as(rsa, { type: 'pkcs1', format: 'der' }), 'der', rsa],
    ['DER SEC 1', () => as(ec, { type: 'sec1', format: 'der' }), 'der', ec],
    ['a certificate', () => CA.pem, 'certificate', null],
    ['a DER certificate', () => CA.der, 'certificate', null],
    ['nothing', () => ' \r\n', 'empty', null],
    ['text', () => 'hello', 'garbage', null],
    ['a block with junk', () => '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', 'garbage', null],
    ['a public key', () => publicPem(ec), 'garbage', null],
    ['EC PARAMETERS alone', () => PARAMETERS, 'garbage', null],
  ])('%s', async (_, content, is, pair) => {
    await write('etc/key', content());
    const answer = await readNodeKey(root, '/etc/key');
    expect(answer).toMatchObject({ ok: true, value: { is, mode: expect.any(String) } });
    expect(answer.ok && 'publicKey' in answer.value ? answer.value.publicKey : null).toBe(pair && publicPem(pair));
    if (pair) {
      const scalar = (pair.privateKey.export({ format: 'jwk' }).d as string).slice(0, 20);
      expect(JSON.stringify(answer)).not.toContain(scalar);
      expect(createPublicKey(createPrivateKey(privatePem(pair))).export({ format: 'pem', type: 'spki' })).toBe(publicPem(pair));
    }
  });
});
