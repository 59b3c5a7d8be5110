import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { apiPath } from '../../src/api-path.ts';
import type { ApiPath, Ask } from '../../src/model.ts';
import { live } from '../../src/sources/live.ts';
import {
  type Api,
  api,
  base64,
  CA,
  ca,
  clientPair,
  closeAll,
  connected,
  demandingServer,
  folder,
  kubeconfig,
  serving,
  tcp,
  trusting,
} from '../cluster/servers.ts';
import { privatePem } from '../support/pki.ts';

afterEach(closeAll);

const liveFor = async (server: Api, more: object = {}): Promise<Ask> =>
  live({ connection: await connected({ kubeconfig: await kubeconfig(trusting(server.url)) }), root: await folder(), ...more });
const get = (path: string) => ({ kind: 'api', method: 'GET', path: path as ApiPath }) as const;

describe('the API', () => {
  test('an answer keeps its status, its text and a few headers', async () => {
    const server = await api((_, response) =>
      response.writeHead(403, { 'content-type': 'text/plain', 'audit-id': 'a-1', 'set-cookie': 'c=secret', date: 'now' }).end('no'),
    );
    const answer = await (await liveFor(server))(get('/x'));
    expect(answer).toEqual({
      ok: true,
      value: { status: 403, headers: { 'content-type': 'text/plain', date: 'now' }, text: 'no', ms: expect.any(Number) },
    });
  });

  test('a self-review is posted; anything else that is not GET is aggctl’s own fault', async () => {
    const server = await api((request, response) => request.pipe(response));
    const ask = await liveFor(server);
    const path = apiPath`/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`;
    const answer = await ask({ kind: 'api', method: 'POST', path, body: '{"spec":{}}' });
    expect(answer).toMatchObject({ ok: true, value: { text: '{"spec":{}}' } });
    expect(server.seen[0]?.headers['content-type']).toBe('application/json');
    for (const [method, bad] of [
      ['POST', '/api/v1/namespaces'],
      ['POST', `${path}/../../../../api/v1/pods`],
      ['DELETE', '/x'],
      ['GET', 'x'],
    ] as const)
      await expect(ask({ kind: 'api', method: method as 'GET', path: bad as ApiPath })).rejects.toThrow(/not a path|read-only/);
    expect(server.seen).toHaveLength(1);
  });

  test('secrets of an object do not pass', async () => {
    const secret = { kind: 'Secret', apiVersion: 'v1', data: { 'tls.key': base64(privatePem(serving().key)) } };
    const server = await api((_, response) => response.end(JSON.stringify(secret)));
    const answer = await (await liveFor(server))(get('/api/v1/namespaces/a/secrets/b'));
    expect(JSON.stringify(answer)).not.toContain(secret.data['tls.key']);
  });

  test('without a kubeconfig there is none, and nothing is asked of localhost:8080', async () => {
    const ask = live({ connection: null, root: '/' });
    expect(await ask({ kind: 'connection' })).toEqual({ ok: true, value: null });
    expect(await ask(get('/version'))).toMatchObject({
      ok: false,
      why: 'excluded',
      message: expect.stringContaining('No kubeconfig found'),
    });
  });

  test('the connection is named without secrets', async () => {
    const file = await kubeconfig(trusting('https://h:6443/prefix/'), { token: 'tok' });
    const ask = live({ connection: await connected({ kubeconfig: file }), root: '/' });
    expect(await ask({ kind: 'connection' })).toEqual({ ok: true, value: { context: 'x', server: 'https://h:6443/prefix', from: file } });
  });
});

describe('lists', () => {
  const pages = (sizes: readonly number[], last?: { status: number; text: string }) =>
    api((request, response) => {
      const from = Number(new URL(request.url ?? '', 'https://h').searchParams.get('continue') ?? 0);
      if (last && from === sizes.length - 1) return void response.writeHead(last.status).end(last.text);
      const metadata = { resourceVersion: '1', ...(from < sizes.length - 1 && { continue: String(from + 1), remainingItemCount: 9 }) };
      const items = Array.from({ length: sizes[from] ?? 0 }, (_, i) => `${from}.${i}`);
      response.end(`{ "kind": "PodList", "metadata": ${JSON.stringify(metadata)}, "items": ${JSON.stringify(items)} }`);
    });
  const text = async (server: Api, path: string) => {
    const answer = await (await liveFor(server))(get(path));
    return answer.ok ? `${answer.value.status} ${answer.value.text}` : answer.message;
  };

  test('of several pages are one list', async () => {
    const server = await pages([2, 1, 0]);
    expect(await text(server, '/api/v1/pods?limit=500')).toBe(
      '200 {"kind":"PodList","metadata":{"resourceVersion":"1"},"items":["0.0","0.1","1.0"]}',
    );
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/api/v1/pods?limit=500',
      '/api/v1/pods?limit=500&continue=1',
      '/api/v1/pods?limit=500&continue=2',
    ]);
  });
  test('of one page come as they are, and without the limit nothing is followed', async () => {
    expect(await text(await pages([1]), '/api/v1/pods?limit=500')).toBe(
      '200 { "kind": "PodList", "metadata": {"resourceVersion":"1"}, "items": ["0.0"] }',
    );
    expect(await text(await pages([1, 1]), '/api/v1/pods?limit=1')).toMatch(/"continue":"1"/);
  });
  test('whose later page fails are not cut short silently', async () => {
    expect(await text(await pages([1, 1], { status: 410, text: 'expired' }), '/api/v1/pods?limit=500')).toBe('410 expired');
    expect(await text(await pages([1, 1], { status: 200, text: 'junk' }), '/api/v1/pods?limit=500')).toMatch(
      /^A page of the list .* is not a list/,
    );
  });
  test('without an end are given up: pages that repeat, that are empty, that go on, that are slow', async () => {
    let page = 0;
    const endless = (items: string, next: () => string) =>
      api((_, response) => response.end(`{"items":${items},"metadata":{"continue":"${next()}"}}`));
    const path = '/api/v1/pods?limit=500';
    const nowhere = (items: number) => `The pages of the list \`${path}\` lead nowhere after ${items} items: check what answers there.`;
    expect(await text(await endless('[1]', () => 'same'), path)).toBe(nowhere(2));
    expect(await text(await endless('[]', () => `${page++}`), path)).toBe(nowhere(0));
    expect(await text(await endless('[1]', () => `${page++}`), path)).toBe(`\`${path}\` is too long to read: 201 items, and more follow.`);
    const slow = await api((_, response) => void setTimeout(() => response.end(`{"items":[1],"metadata":{"continue":"${page++}"}}`), 150));
    const connection = await connected({ kubeconfig: await kubeconfig(trusting(slow.url)), requestTimeout: '0.6s' });
    const answer = await live({ connection, root: await folder() })(get(path));
    expect(answer).toMatchObject({
      ok: false,
      why: 'unreachable',
      message: expect.stringContaining('items within 1.8 s, and more follow'),
    });
  });
});

test('at most 20 questions are in flight', async () => {
  let arrived = 0;
  let most = 0;
  const held: ServerResponse[] = [];
  const answer = () => {
    for (const response of held.splice(0)) response.end('ok');
  };
  // Nobody is answered before 20 wait; a moment later a 21st would be seen.
  const server = await api((_, response) => {
    arrived += 1;
    held.push(response);
    most = Math.max(most, held.length);
    if (held.length === 20 || arrived === 50) setTimeout(answer, 50);
  });
  const ask = await liveFor(server);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => ask(get(`/${i}`))));
  expect(answers.every((one) => one.ok)).toBe(true);
  expect(most).toBe(20);
});

test('the clock is this machine’s', async () => {
  const before = Date.now();
  const answer = await live({ connection: null, root: '/' })({ kind: 'clock' });
  const time = answer.ok ? Date.parse(answer.value.time) : 0;
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now());
});

describe('a handshake', () => {
  const ask = live({ connection: null, root: '/' });
  const shake = (port: number, serverName = 'kubernetes') =>
    ask({ kind: 'handshake', host: '127.0.0.1', port, serverName, present: 'none' });

  test('shows the chain as presented, trusted or not, and sends no request', async () => {
    const root = ca('root');
    const certificate = serving({ issuer: root });
    const server = await api((_, response) => response.end(), { certificate, more: { cert: certificate.pem + root.pem } });
    expect(await shake(server.port)).toEqual({
      ok: true,
      value: { chain: [certificate.pem, root.pem], protocol: 'TLSv1.3', ms: expect.any(Number) },
    });
    expect(server.seen).toEqual([]);
  });
  test('asks by name, and by no name for an IP address', async () => {
    const names: (string | undefined)[] = [];
    const server = await api(() => {}, { more: { SNICallback: (name, done) => done(null, void names.push(name) as never) } });
    await shake(server.port, 'metrics.kube-system.svc');
    await shake(server.port, '127.0.0.1');
    expect(names).toEqual(['metrics.kube-system.svc']);
  });
  test('shows the chain of a server that wants a client certificate, when TLS lets it', async () => {
    expect(await shake(await demandingServer('-tls1_3'))).toMatchObject({
      ok: true,
      value: { chain: [expect.stringContaining('CERTIFICATE'), CA.pem] },
    });
    const older = await shake(await demandingServer('-tls1_2'));
    expect(older).toMatchObject({ ok: true, value: { chain: [], error: expect.stringContaining('handshake failure') } });
  });
  test('with what is not TLS is an answer; with what is not there none', async () => {
    const plain = await tcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await shake(plain)).toMatchObject({ ok: true, value: { chain: [], error: expect.stringContaining('does not speak TLS') } });
    await closeAll();
    expect(await shake(plain)).toMatchObject({ ok: false, why: 'unreachable', message: expect.stringContaining('refused the connection') });
  });
  describe('with a request', () => {
    const request = { path: '/aggctl-probe', headers: { 'X-Remote-User': 'aggctl-probe' } };
    const pair = { certificate: '/pki/client.crt', key: '/pki/client.key' };
    /** Refuses everybody, by the name in the certificate. */
    const refusing = () =>
      api(
        (incoming, response) => {
          const { CN = 'nobody' } = (incoming.socket as TLSSocket).getPeerCertificate().subject ?? {};
          response.writeHead(403).end(`${CN}, ${incoming.headers['x-remote-user']}`);
        },
        { more: { requestCert: true, rejectUnauthorized: false } },
      );
    const ask = async (port: number, present: 'none' | 'front-proxy', frontProxy = true) => {
      const root = await folder();
      const { cert, key } = clientPair();
      await mkdir(join(root, 'pki'));
      await writeFile(join(root, 'pki/client.crt'), cert);
      await writeFile(join(root, 'pki/client.key'), key);
      const shown = await live({ connection: null, root, frontProxy })({
        kind: 'handshake',
        host: '127.0.0.1',
        port,
        serverName: 'kubernetes',
        present,
        ...(present === 'front-proxy' && { pair }),
        request,
      });
      expect(JSON.stringify(shown)).not.toContain(key.split('\n')[1]);
      return shown;
    };

    test('presents the pair of the node, and gives the refusal', async () => {
      const { port } = await refusing();
      expect(await ask(port, 'front-proxy')).toMatchObject({ ok: true, value: { answer: { status: 403, text: 'alice, aggctl-probe' } } });
      expect(await ask(port, 'none')).toMatchObject({ ok: true, value: { answer: { status: 403, text: 'nobody, aggctl-probe' } } });
    });
    test('presents no pair unless that was asked for', async () => {
      const server = await refusing();
      expect(await ask(server.port, 'front-proxy', false)).toMatchObject({ ok: false, why: 'excluded' });
      expect(server.seen).toEqual([]);
    });
    test('keeps nothing of what is served', async () => {
      const { port } = await api((_, response) => response.end('an object'));
      expect(await ask(port, 'none')).toMatchObject({ ok: true, value: { answer: { status: 200, text: '' } } });
    });
    test('tells how a server that demands a certificate ends it', async () => {
      const error = 'it ends TLS with the alert "certificate required"';
      expect(await ask(await demandingServer('-tls1_3'), 'none')).toMatchObject({ ok: true, value: { error } });
    });
  });
  test('that never ends is given up', async () => {
    const silent = await tcp(() => {});
    const connection = await connected({ server: 'https://h', requestTimeout: '100ms' });
    const answer = await live({ connection, root: '/' })({
      kind: 'handshake',
      host: '127.0.0.1',
      port: silent,
      serverName: 'x',
      present: 'none',
    });
    expect(answer).toMatchObject({ ok: true, value: { chain: [], error: expect.stringContaining('did not finish the TLS handshake') } });
  });
});

test('canaries: key, token and password of the kubeconfig appear in no answer', async () => {
  const { cert, key } = clientPair();
  const server = await api((_, response) => response.end('ok'));
  const user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key), token: 'canary-token' };
  const ask = live({
    connection: await connected({
      kubeconfig: await kubeconfig({ ...trusting(server.url), 'proxy-url': 'http://me:canary@127.0.0.1:1' }, user),
    }),
    root: '/',
  });
  const answers = JSON.stringify([await ask({ kind: 'connection' }), await ask(get('/version'))]);
  expect(answers).toContain('127.0.0.1:1');
  expect(answers).not.toMatch(/canary/);
  expect(answers).not.toContain(key.split('\n')[1]);
});

test('no file of the live source prints or exits', () => {
  const files = ['src/cluster', 'src/sources'].flatMap((dir) =>
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${dir}/${name}`),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect(readFileSync(file, 'utf8'), file).not.toMatch(/console\.|process\.(exit|stdout|stderr)|\.emitWarning/);
});
