import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { type ApiRequest, client } from '../../src/cluster/request.ts';
import type { Observed } from '../../src/model.ts';
import { privatePem } from '../support/pki.ts';
import {
  api,
  base64,
  CA,
  ca,
  clientPair,
  closeAll,
  connected,
  connectProxy,
  demandingServer,
  folder,
  kubeconfig,
  serving,
  tcp,
  trusting,
} from './servers.ts';

afterEach(closeAll);

const GET = (path = '/version'): ApiRequest => ({ method: 'GET', path });
const outcome = (answer: Observed<{ readonly status: number; readonly text: string }>): string =>
  answer.ok
    ? `${answer.value.status} ${answer.value.text}`
    : `${answer.why}${answer.expired ? ` (${answer.expired})` : ''}: ${answer.message}`;
const ask = async (cluster: object, user: object = {}, options: object = {}, env: Record<string, string> = {}, request = GET()) =>
  outcome(await client(await connected({ kubeconfig: await kubeconfig(cluster, user), ...options }, env))(request));
const PAST = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2020-06-01T12:00:00Z') };
const FUTURE = { notBefore: new Date('2090-01-01T00:00:00Z'), notAfter: new Date('2091-01-01T00:00:00Z') };

describe('identity', () => {
  const pair = clientPair();
  const files = { 'client-certificate-data': base64(pair.cert), 'client-key-data': base64(pair.key) };

  test('client certificate, token, password and impersonation are sent as kubectl sends them', async () => {
    const server = await api((_, response) => response.end('ok'), { more: { requestCert: true, rejectUnauthorized: false } });
    expect(
      await ask(trusting(`${server.url}/prefix/`), {
        ...files,
        as: 'bob',
        'as-uid': '7',
        'as-groups': ['g', 'h'],
        'as-user-extra': { 'a/b': ['1', '2'] },
      }),
    ).toBe('200 ok');
    await ask(trusting(server.url), { username: 'me', password: 'pass' });
    await ask(trusting(server.url), { token: 'old' }, { token: 'tok', as: 'system:serviceaccount:a:b', asGroup: ['only'] });
    const [first, second, third] = server.seen;
    expect(first).toMatchObject({ url: '/prefix/version', peer: 'alice', headers: { 'user-agent': 'aggctl', accept: 'application/json' } });
    const sent = first?.rawHeaders
      .map((each, i) => (/^impersonate/i.test(each) ? `${each}=${first.rawHeaders[i + 1]}` : ''))
      .filter(Boolean);
    expect(sent).toEqual([
      'Impersonate-User=bob',
      'Impersonate-Uid=7',
      'Impersonate-Group=g',
      'Impersonate-Group=h',
      'Impersonate-Extra-a%2Fb=1',
      'Impersonate-Extra-a%2Fb=2',
    ]);
    expect(second?.headers.authorization).toBe(`Basic ${base64('me:pass')}`);
    expect(third?.headers).toMatchObject({
      authorization: 'Bearer tok',
      'impersonate-user': 'system:serviceaccount:a:b',
      'impersonate-group': 'only',
    });
  });

  test('a token file is read, and wins over a token', async () => {
    const server = await api((_, response) => response.end('ok'));
    const file = path.join(await folder(), 'token');
    await writeFile(file, 'from-file\n');
    expect(await ask(trusting(server.url), { token: 'fixed', tokenFile: file })).toBe('200 ok');
    expect(server.seen[0]?.headers.authorization).toBe('Bearer from-file');
  });

  test.each<[object, RegExp]>([
    [
      { 'client-certificate': '/nope.crt', 'client-key': '/nope.key' },
      /^denied: Cannot read the client certificate `\/nope.crt`, named in `.*`: no such file\.$/,
    ],
    [{ tokenFile: '/nope' }, /^denied: Cannot read the token file `\/nope`/],
    [
      { ...files, 'client-key-data': base64(privatePem(ca('other').key)) },
      /^denied: The certificate authority, client certificate or key in `.*` cannot be used: .*mismatch/,
    ],
    [{ 'auth-provider': { name: 'gcp' } }, /^denied: The auth provider `gcp` of user `u` was removed/],
    [{ 'auth-provider': { name: 'oidc', config: {} } }, /^denied: There is no OIDC id-token of user `u`/],
    [
      { 'auth-provider': { name: 'oidc', config: { 'id-token': jwt(1_600_000_000) } } },
      /^denied \(client\): The OIDC id-token of user `u` .* expired on 2020-09-13 12:26 UTC/,
    ],
  ])('%o cannot be presented', async (user, message) => {
    const server = await api((_, response) => response.end('ok'));
    expect(await ask(trusting(server.url), user)).toMatch(message);
    expect(server.seen).toEqual([]);
  });

  test('an OIDC id-token that is still good is used', async () => {
    const server = await api((_, response) => response.end('ok'));
    const token = jwt(4_000_000_000);
    await ask(trusting(server.url), { 'auth-provider': { name: 'oidc', config: { 'id-token': token } } });
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  test('over plain HTTP nothing of it is sent', async () => {
    const port = await tcp((socket) =>
      socket.on('data', (data) => socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${data.length}\r\n\r\n${data}`)),
    );
    const text = await ask({ server: `http://127.0.0.1:${port}` }, { token: 'tok', as: 'bob' });
    expect(text).toMatch(/^200 GET \/version/);
    expect(text).toMatch(/Impersonate-User: bob/i);
    expect(text).not.toContain('tok');
  });
});
const jwt = (exp: number): string =>
  ['{}', JSON.stringify({ exp }), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');

describe('the server certificate', () => {
  const self = () => ca('self');
  test.each([
    [
      'expired',
      () => serving(PAST),
      /^unreachable \(server\): The serving certificate of `https:\/\/127.0.0.1:\d+` expired on 2020-06-01 12:00 UTC: renew it/,
    ],
    [
      'not yet valid',
      () => serving(FUTURE),
      /^unreachable: The serving certificate of .* is not valid before 2090-01-01 00:00 UTC: check the clocks/,
    ],
    [
      'of another name',
      () => serving({ ip: [], dns: ['api.example.com'] }),
      /is for `DNS:api.example.com`, not for `127.0.0.1`: connect to one of these names/,
    ],
    ['of another CA', () => serving({ issuer: ca('other') }), /is signed by `other`, which is not a CA that `.*` trusts/],
    ['self-signed', self, /is signed by `self`, which is not a CA/],
  ])('%s', async (_, certificate, message) => {
    const server = await api((_request, response) => response.end('ok'), { certificate: certificate() });
    expect(await ask(trusting(server.url), { token: 't' })).toMatch(message);
    expect(server.seen).toEqual([]);
    expect(await ask({ server: server.url, 'insecure-skip-tls-verify': true })).toBe('200 ok');
  });

  test('a CA that has expired is not called the server’s certificate', async () => {
    const { issue, keyPair } = await import('../support/pki.ts');
    const old = issue({ subject: [['CN', 'old']], key: keyPair('p-256', 'old'), basicConstraints: { ca: true }, ...PAST });
    const server = await api((_, response) => response.end('ok'), { certificate: serving({ issuer: old }) });
    expect(await ask({ server: server.url, 'certificate-authority-data': base64(old.pem) })).toMatch(
      /^unreachable \(server\): A CA above the serving certificate of `https.*` has expired/,
    );
  });

  test('tls-server-name names whom to expect; an IP address there is fine too', async () => {
    const server = await api((_, response) => response.end('ok'), { certificate: serving({ ip: [Buffer.of(10, 9, 8, 7)] }) });
    expect(await ask({ ...trusting(server.url), 'tls-server-name': 'kubernetes' })).toBe('200 ok');
    expect(await ask({ ...trusting(server.url), 'tls-server-name': '10.9.8.7' })).toBe('200 ok');
    expect(await ask(trusting(server.url))).toMatch(/not for `127.0.0.1`/);
  });

  test('SSL_CERT_FILE is trusted where the kubeconfig names no CA', async () => {
    const server = await api((_, response) => response.end('ok'));
    const bundle = path.join(await folder(), 'bundle.crt');
    await writeFile(bundle, CA.pem);
    expect(await ask({ server: server.url }, {}, {}, { SSL_CERT_FILE: bundle })).toBe('200 ok');
    expect(await ask({ server: server.url }, {}, {}, { SSL_CERT_FILE: '/nonexistent/ca.crt' })).toMatch(
      /is signed by `kubernetes`, which is not a CA that this machine trusts/,
    );
  });
});

describe('one’s own credentials have expired', () => {
  const pair = clientPair(PAST);
  const user = { 'client-certificate-data': base64(pair.cert), 'client-key-data': base64(pair.key) };
  test('a 401 says so, as kube-apiserver gives it', async () => {
    const server = await api((_, response) => response.writeHead(401).end('Unauthorized'));
    expect(await ask(trusting(server.url), user)).toMatch(
      /^denied \(client\): The client certificate of user `u` \(.*\) expired on 2020-06-01 12:00 UTC, and `https:.*` answers 401: get a new kubeconfig/,
    );
    expect(await ask(trusting(server.url), { token: jwt(1_600_000_000) })).toMatch(
      /^denied \(client\): The token of user `u` .* log in again/,
    );
    expect(await ask(trusting(server.url), { token: 'opaque' })).toBe('401 Unauthorized');
  });
  test.each(['-tls1_2', '-tls1_3'])('a TLS alert says so, as a load balancer gives it (%s)', async (version) => {
    const port = await demandingServer(version);
    expect(await ask(trusting(`https://127.0.0.1:${port}`), user)).toBe(
      `unreachable (client): \`https://127.0.0.1:${port}\` rejects the client certificate as expired: get a new kubeconfig.`,
    );
    if (version === '-tls1_3')
      expect(await ask(trusting(`https://127.0.0.1:${port}`))).toMatch(/rejects the client certificate \(alert certificate required\)/);
  });
});

describe('a server that misbehaves costs one line', () => {
  const FAST = { requestTimeout: '100ms' };
  test('hangs before TLS, before the answer, and in the middle of it', async () => {
    const port = await tcp(() => {});
    expect(await ask(trusting(`https://127.0.0.1:${port}`), {}, FAST)).toMatch(
      /^unreachable: `https:.*` did not complete a connection \(TCP and TLS\) within 0.1 s/,
    );
    const silent = await api(() => {});
    expect(await ask(trusting(silent.url), {}, FAST)).toMatch(
      /^unreachable: `https:.*` gave no answer within 0.1 s: .*--request-timeout\.$/,
    );
    const half = await api((_, response) => response.writeHead(200).write('half'));
    expect(await ask(trusting(half.url), {}, FAST)).toMatch(/^unreachable: .* gave no answer within 0.1 s/);
  });
  test('refuses, resets, is not TLS, is not HTTP', async () => {
    const gone = await api(() => {});
    await closeAll();
    expect(await ask(trusting(gone.url))).toBe(
      `unreachable: \`${gone.url}\` refused the connection: check the address, and that a server runs there.`,
    );
    const reset = await tcp((socket) => socket.resetAndDestroy());
    expect(await ask(trusting(`https://127.0.0.1:${reset}`))).toMatch(/^unreachable: .* closed the connection without an answer/);
    const late = await api((request) => request.socket.destroy());
    expect(await ask(trusting(late.url))).toMatch(/^unreachable: .* closed the connection without an answer/);
    const cut = await api((request, response) =>
      response.writeHead(200, { 'content-length': 10 }).write('x', () => request.socket.destroy()),
    );
    expect(await ask(trusting(cut.url))).toMatch(/^unreachable: .* closed the connection without an answer/);
    const plain = await tcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await ask(trusting(`https://127.0.0.1:${plain}`))).toMatch(/^unreachable: .* does not speak TLS/);
    const garbage = await api((request) => request.socket.end('\u0000garbage\n\n'));
    expect(await ask(trusting(garbage.url))).toMatch(/^malformed: .* sent an answer that is not HTTP \(HPE_/);
    expect(await ask(trusting('https://aggctl.invalid'))).toMatch(
      /^unreachable: The host name of `https:\/\/aggctl.invalid` does not resolve/,
    );
  });
  test('100 MB, announced or not, are not read', async () => {
    const block = Buffer.alloc(1024 * 1024, 'x');
    const endless = await api((_, response) => {
      const pump = (): void => void (response.write(block) ? setImmediate(pump) : response.once('drain', pump));
      pump();
    });
    expect(await ask(trusting(endless.url))).toMatch(/^malformed: `https:.*\/version` answered with more than 32 MiB/);
  });
  test('a redirect is not followed, and its query is not shown', async () => {
    const thief = await api((_, response) => response.end('thanks'));
    const server = await api((_, response) => response.writeHead(302, { location: `${thief.url}/login?token=secret` }).end());
    const text = await ask(trusting(server.url), { token: 'tok' });
    expect(text).toMatch(new RegExp(`^malformed: .* redirects \\(302\\) to \`${thief.url}/login\`, which aggctl does not follow`));
    expect(text).not.toContain('secret');
    expect(thief.connections()).toBe(0);
  });
  test('an interruption ends everything that is under way', async () => {
    const server = await api(() => {});
    const interrupt = new AbortController();
    const send = client(await connected({ kubeconfig: await kubeconfig(trusting(server.url)) }), interrupt.signal);
    const answers = [send(GET()), send(GET('/api'))];
    setTimeout(() => interrupt.abort(), 50);
    for (const answer of await Promise.all(answers))
      expect(outcome(answer)).toMatch(/^unreachable: Interrupted before `https:.*` answered\.$/);
  });
  test('an answer in an encoding that nobody asked for is not garbled silently', async () => {
    const server = await api((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')));
    expect(await ask(trusting(server.url))).toMatch(/^malformed: .* sent the encoding `gzip`/);
  });
});

describe('connections', () => {
  test('are kept, and one that the server closed meanwhile is no fault', async () => {
    const server = await api((_, response) => response.end('ok'));
    const send = client(await connected({ kubeconfig: await kubeconfig(trusting(server.url)) }));
    for (let i = 0; i < 3; i += 1) expect(outcome(await send(GET()))).toBe('200 ok');
    expect(server.connections()).toBe(1);

    const hasty = await api((request, response, nth) => {
      if (nth === 2) return void request.socket.destroy();
      response.end(`nth ${nth}`);
    });
    const again = client(await connected({ kubeconfig: await kubeconfig(trusting(hasty.url)) }));
    expect(outcome(await again(GET()))).toBe('200 nth 1');
    expect(outcome(await again(GET()))).toBe('200 nth 3');
  });

  test('a time-out of one request does not end a connection that it once used', async () => {
    const server = await api((_, response) => response.end('ok'));
    const send = client(await connected({ kubeconfig: await kubeconfig(trusting(server.url)), requestTimeout: '150ms' }));
    await send(GET());
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(outcome(await send(GET()))).toBe('200 ok');
    expect(server.connections()).toBe(1);
  });
});

describe('another address of the cluster', () => {
  test('gets the token only with TLS verified against the cluster’s own CA', async () => {
    const main = await api((_, response) => response.end('main'));
    const sibling = await api((_, response) => response.end('sibling'));
    const stranger = await api((_, response) => response.end('stranger'), { certificate: serving({ issuer: ca('other') }) });
    const to = (port: number, cluster: object) => ask(cluster, { token: 'tok' }, {}, {}, { ...GET(), server: `127.0.0.1:${port}` });
    expect(await to(main.port, { server: main.url, 'insecure-skip-tls-verify': true })).toBe('200 main');
    expect(await to(sibling.port, trusting(main.url))).toBe('200 sibling');
    expect(sibling.seen[0]?.headers.authorization).toBe('Bearer tok');
    expect(await to(stranger.port, trusting(main.url))).toMatch(/^unreachable: .* is signed by `other`/);
    for (const cluster of [
      trusting(`${main.url}/k8s/clusters/c-1`),
      { server: main.url, 'insecure-skip-tls-verify': true },
      { server: main.url },
    ])
      expect(await to(stranger.port, cluster)).toMatch(
        /^excluded: `https:\/\/127.0.0.1:\d+` was not contacted: .*, so it may belong to another cluster\.$/,
      );
    expect(stranger.seen).toEqual([]);
  });
});

describe('proxies', () => {
  test('of the kubeconfig, with credentials; the server is verified end to end', async () => {
    const server = await api((_, response) => response.end('ok'), { certificate: serving({ ip: [], dns: ['api.example.com'] }) });
    const proxy = await connectProxy();
    const cluster = { ...trusting(`https://api.example.com:${server.port}`), 'proxy-url': `http://me:pa%3Ass@127.0.0.1:${proxy.port}` };
    expect(await ask(cluster, { token: 'tok' })).toBe('200 ok');
    expect(proxy.asked).toEqual([{ url: `api.example.com:${server.port}`, authorization: `Basic ${base64('me:pa:ss')}` }]);
  });
  test('of the environment, unless NO_PROXY names the server', async () => {
    const server = await api((_, response) => response.end('ok'), { certificate: serving({ ip: [], dns: ['api.example.com'] }) });
    const proxy = await connectProxy();
    const env = { HTTPS_PROXY: `127.0.0.1:${proxy.port}` };
    expect(await ask(trusting(`https://api.example.com:${server.port}`), {}, {}, env)).toBe('200 ok');
    const direct = await api((_, response) => response.end('direct'));
    expect(await ask(trusting(direct.url), {}, {}, env)).toBe('200 direct');
    expect(proxy.asked).toHaveLength(1);
  });
  test('that refuse, hang, or are not there', async () => {
    const refusing = await connectProxy('407 Proxy Authentication Required');
    const through = (port: number) => ({ ...trusting('https://api.example.com:6443'), 'proxy-url': `http://me:secret@127.0.0.1:${port}` });
    const refused = await ask(through(refusing.port));
    expect(refused).toBe(
      `unreachable: The proxy \`http://127.0.0.1:${refusing.port}\` (proxy-url) refused to connect to \`api.example.com:6443\` (407 Proxy Authentication Required): check the proxy, or add \`api.example.com\` to NO_PROXY.`,
    );
    const silent = await tcp(() => {});
    expect(await ask(through(silent), {}, { requestTimeout: '100ms' })).toMatch(
      /^unreachable: .*`https:\/\/api.example.com:6443` did not complete a connection/,
    );
    await closeAll();
    expect(await ask(through(silent))).toBe(
      `unreachable: The proxy \`http://127.0.0.1:${silent}\` (proxy-url) refused the connection: check the address, and that a server runs there.`,
    );
  });
});
