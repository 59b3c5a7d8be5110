import { readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/cluster/connect.ts';
import { client } from '../../src/cluster/request.ts';
import { api, CA, clientPair, closeAll, connected, folder, kubeconfig, trusting } from './servers.ts';

afterEach(closeAll);

const V1 = 'client.authentication.k8s.io/v1';
/** An executable that node runs; `body` sees `info` (KUBERNETES_EXEC_INFO) and `print` (a status as ExecCredential). */
const plugin = async (body: string): Promise<string> => {
  const file = path.join(await folder(), 'plugin');
  const prelude = `const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
    const print = (status, apiVersion = info.apiVersion) => console.log(JSON.stringify({ apiVersion, kind: 'ExecCredential', status }));`;
  await writeFile(file, `#!${process.execPath}\n${prelude}\n${body}`);
  await chmod(file, 0o755);
  return file;
};
const ask = async (exec: object, cluster: object, user: object = {}) => {
  const send = client(
    await connected(
      { kubeconfig: await kubeconfig(cluster, { exec: { apiVersion: V1, interactiveMode: 'Never', ...exec }, ...user }) },
      { PATH: '/usr/bin:/bin' },
    ),
  );
  const [answer] = await Promise.all([send({ method: 'GET', path: '/' }), send({ method: 'GET', path: '/' })]);
  return answer.ok ? answer.value.text : `${answer.why}: ${answer.message}`;
};

test('its token is used; it gets its arguments, its environment and the cluster, and runs once', async () => {
  const server = await api((request, response) => response.end(request.headers.authorization));
  const count = path.join(await folder(), 'count');
  const command = await plugin(`require('fs').appendFileSync('${count}', 'x');
    print({ token: [process.argv[2], process.env.EXTRA, info.spec.interactive, info.spec.cluster.server, info.spec.cluster.config.a].join(' '), expirationTimestamp: '2999-01-01T00:00:00Z' });`);
  const exec = { command, args: ['arg'], env: [{ name: 'EXTRA', value: 'env' }], provideClusterInfo: true };
  const extensions = [{ name: 'client.authentication.k8s.io/exec', extension: { a: 1 } }];
  expect(await ask(exec, { ...trusting(server.url), extensions })).toBe(`Bearer arg env false ${server.url} 1`);
  expect(readFileSync(count, 'utf8')).toBe('x');
});

test('its client certificate is presented', async () => {
  const server = await api((_, response) => response.end('ok'), { more: { requestCert: true, ca: CA.pem } });
  const { cert, key } = clientPair();
  const command = await plugin(`print({ clientCertificateData: ${JSON.stringify(cert)}, clientKeyData: ${JSON.stringify(key)} })`);
  expect(await ask({ command }, trusting(server.url))).toBe('ok');
  expect(server.seen[0]?.peer).toBe('alice');
});

test('it is not run when the user has a token', async () => {
  const server = await api((request, response) => response.end(request.headers.authorization));
  expect(await ask({ command: 'aggctl-no-such-plugin' }, trusting(server.url), { token: 'fixed' })).toBe('Bearer fixed');
});

test.each<[string, object, RegExp]>([
  [
    'not installed',
    { command: 'aggctl-no-such-plugin' },
    /^denied: The credential plugin `aggctl-no-such-plugin` of user `u` is not installed, or not in PATH\.$/,
  ],
  [
    'with a hint',
    { command: 'aggctl-no-such-plugin', installHint: 'Get it at\n https://x.example.\n' },
    /is not installed: Get it at https:\/\/x\.example\.$/,
  ],
  ['that is below a file', { command: '/dev/null/x' }, /cannot run: spawn ENOTDIR|is not installed/],
  ['whose arguments are too long', { command: '/bin/true', args: ['x'.repeat(200_000)] }, /cannot run: spawn E2BIG\.$/],
  ...[{ command: 'a\0b' }, { command: 'x', args: ['\0'] }, { command: 'x', env: [{ name: 'A', value: 's3cret\0' }] }].map(
    (exec) =>
      [`with a NUL: ${Object.keys(exec)}`, exec, /cannot run: its command, arguments or environment hold a NUL character\.$/] as [
        string,
        object,
        RegExp,
      ],
  ),
  ['without a command', { command: undefined }, /needs a `command`/],
  ['of an unknown version', { command: 'x', apiVersion: 'client.authentication.k8s.io/v1alpha1' }, /an `apiVersion` v1 or v1beta1/],
  ['without interactiveMode', { command: 'x', interactiveMode: undefined }, /needs an `interactiveMode`/],
])('a plugin %s', async (_, exec, message) => {
  const server = await api((_request, response) => response.end('ok'));
  expect(await ask(exec, trusting(server.url))).toMatch(message);
  expect(server.connections()).toBe(0);
});

test.each([
  [
    `process.stderr.write("first\\nnot logged in: ${'a1'.repeat(40)}\\n"); process.exit(3)`,
    /failed with exit status 3: not logged in: …: run it manually\.$/,
  ],
  ['console.log("hello")', /printed no ExecCredential in JSON/],
  ['console.log("null")', /printed no ExecCredential with a status/],
  ['print({ token: 5 })', /with a field that is not a string/],
  ['print({})', /returned neither a token nor a certificate/],
  ['print({ clientKeyData: "x" })', /returned only one of certificate and key/],
  [
    'print({ token: "t" }, "client.authentication.k8s.io/v1beta1")',
    /returned `client.authentication.k8s.io\/v1beta1`, but the kubeconfig expects `client.authentication.k8s.io\/v1`/,
  ],
])('a plugin that does %s', async (body, message) => {
  const server = await api((_, response) => response.end('ok'));
  expect(await ask({ command: await plugin(body) }, trusting(server.url))).toMatch(message);
});

test('an interruption ends a plugin that hangs', async () => {
  const command = await plugin('setInterval(() => {}, 1000)');
  const interrupt = new AbortController();
  const user = { exec: { apiVersion: V1, interactiveMode: 'Never', command } };
  const send = client(await connected({ kubeconfig: await kubeconfig(trusting('https://127.0.0.1:1'), user) }), interrupt.signal);
  setTimeout(() => interrupt.abort(), 100);
  const answer = await send({ method: 'GET', path: '/' });
  expect(answer.ok ? '' : answer.message).toMatch(/^The credential plugin `.*` of user `u` was interrupted\.$/);
});

describe('on a terminal, among other clusters', () => {
  /** The answers to two users of a plugin that says whether it is interactive, and writes when it begins and ends into `log`. */
  async function two(interactiveMode: string) {
    const [{ stdin }, { isTTY }] = [process, process.stdin];
    stdin.isTTY = true;
    onTestFinished(() => {
      stdin.isTTY = isTTY;
    });
    const log = path.join(await folder(), 'log');
    const command = await plugin(`const log = (text) => require('fs').appendFileSync('${log}', text);
      log('<'); setTimeout(() => { log('>'); print({ token: String(info.spec.interactive) }); }, 300);`);
    const server = await api((request, response) => response.end(request.headers.authorization));
    const file = await kubeconfig(trusting(server.url), { exec: { apiVersion: V1, command, interactiveMode } });
    const surroundings = { env: { PATH: '/usr/bin:/bin' }, root: '/nonexistent', amongOthers: true };
    const answers = [1, 2].map(async () => {
      const connection = await connect({ kubeconfig: file }, surroundings);
      const answer = connection.ok && connection.value && (await client(connection.value)({ method: 'GET', path: '/' }));
      return answer ? answer.ok && answer.value.text : connection;
    });
    return { answers: await Promise.all(answers), log: readFileSync(log, 'utf8') };
  }
  test('one plugin at a time asks the user', async () =>
    expect(await two('Always')).toEqual({ answers: ['Bearer true', 'Bearer true'], log: '<><>' }));
  test('one that can do without the terminal does, and waits for no other', async () =>
    expect(await two('IfAvailable')).toEqual({ answers: ['Bearer false', 'Bearer false'], log: '<<>>' }));
});
