/** Handshakes by port-forward, through a stand-in for kubelet's WebSocket (v4.channel.k8s.io): one channel of bytes, one of complaints. */
import { createHash } from 'node:crypto';
import type http from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { live } from '../../src/sources/live.ts';
import { api, closeAll, connected, connectProxy, kubeconfig, serving, trusting } from './servers.ts';

afterEach(closeAll);

interface Asked {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly raw: readonly string[];
}
const frame = (channel: number, bytes: Buffer): Buffer => {
  const payload = Buffer.concat([Buffer.of(channel), bytes]);
  const size = payload.length < 126 ? Buffer.of(payload.length) : Buffer.of(126, payload.length >> 8, payload.length & 255);
  return Buffer.concat([Buffer.of(0x82), size, payload]);
};
/** What a client sent: masked frames without fragments. */
function* payloads(bytes: Buffer): Generator<{ readonly payload: Buffer; readonly end: number }> {
  for (let at = 0; bytes.length >= at + 6; ) {
    const short = (bytes[at + 1] ?? 0) & 127;
    const head = at + (short === 126 ? 4 : 2);
    const length = short === 126 ? bytes.readUInt16BE(at + 2) : short;
    const end = head + 4 + length;
    if (bytes.length < end) return;
    const payload = Buffer.from(bytes.subarray(head + 4, end).map((byte, i) => byte ^ (bytes[head + (i % 4)] ?? 0)));
    yield { payload, end };
    at = end;
  }
}

/** kube-apiserver's end: `to` is the port that the pod serves on; null never answers. */
async function apiserver(to: number | null) {
  const asked: Asked[] = [];
  const upgrade = (request: http.IncomingMessage, socket: Duplex) => {
    asked.push({ url: request.url ?? '', headers: request.headers, raw: request.rawHeaders });
    if (to === null) return;
    const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n`,
    );
    // Each channel begins with the number of the port.
    for (const channel of [0, 1]) socket.write(frame(channel, Buffer.of(1, 187)));
    const pod = net.connect(to, '127.0.0.1');
    pod.on('data', (bytes: Buffer) => socket.write(frame(0, bytes)));
    pod.on('error', () => socket.destroy());
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      let done = 0;
      for (const { payload, end } of payloads(rest)) {
        if (payload[0] === 0) pod.write(payload.subarray(1));
        done = end;
      }
      rest = rest.subarray(done);
    });
    socket.on('error', () => pod.destroy());
    socket.on('close', () => pod.destroy());
  };
  const server = await api((_, response) => response.writeHead(403).end('forbidden'), { upgrade });
  return { ...server, asked };
}
const question = {
  kind: 'handshake',
  host: '10.244.0.7',
  port: 443,
  serverName: 'api.wardle.svc',
  present: 'none',
  pod: { namespace: 'wardle', name: 'api-0', port: 443 },
} as const;
const pod = async () => (await api(() => {}, { certificate: serving({ dns: ['api.wardle.svc'], subject: [['CN', 'the pod']] }) })).port;

test('what the pod presents comes back, asked for with the whole identity', async () => {
  const server = await apiserver(await pod());
  const file = await kubeconfig(trusting(server.url), { token: 'it-is-me' });
  const connection = await connected({ kubeconfig: file, as: 'jane', asGroup: ['ops', 'dev'], asUid: '7' });
  const shown = await live({ connection, root: '/nonexistent', portForward: true })(question);
  expect(shown).toMatchObject({ ok: true, value: { protocol: 'TLSv1.3' } });
  expect(shown.ok && shown.value.chain).toHaveLength(1);
  const [one] = server.asked;
  expect(one?.url).toBe('/api/v1/namespaces/wardle/pods/api-0/portforward?ports=443');
  expect(one?.headers).toMatchObject({ authorization: 'Bearer it-is-me', 'impersonate-user': 'jane', 'impersonate-uid': '7' });
  expect(one?.raw.filter((_, i, all) => all[i - 1]?.toLowerCase() === 'impersonate-group')).toEqual(['ops', 'dev']);
});

test('through the proxy of the kubeconfig', async () => {
  const proxy = await connectProxy();
  const server = await apiserver(await pod());
  const file = await kubeconfig({ ...trusting(server.url), 'proxy-url': `http://127.0.0.1:${proxy.port}` });
  const connection = await connected({ kubeconfig: file });
  expect(await live({ connection, root: '/nonexistent', portForward: true })(question)).toMatchObject({ ok: true });
  expect(proxy.asked).toHaveLength(1);
});

test('not without the option, and never to a server that is not verified', async () => {
  const server = await apiserver(await pod());
  const connection = await connected({ kubeconfig: await kubeconfig(trusting(server.url)) });
  expect(await live({ connection, root: '/nonexistent' })(question)).toMatchObject({ ok: false, why: 'excluded' });
  const stranger = await connected({ kubeconfig: await kubeconfig({ server: server.url }) });
  expect(await live({ connection: stranger, root: '/nonexistent', portForward: true })(question)).toMatchObject({ ok: false });
  expect(server.asked).toEqual([]);
});

test('a refusal, and silence, are no answer', async () => {
  const refusing = await api((_, response) => response.writeHead(403).end('forbidden'));
  const refused = await connected({ kubeconfig: await kubeconfig(trusting(refusing.url)) });
  const { ok } = await live({ connection: refused, root: '/nonexistent', portForward: true })(question);
  expect(ok).toBe(false);
  const silent = await apiserver(null);
  const waiting = await connected({ kubeconfig: await kubeconfig(trusting(silent.url)), requestTimeout: '1s' });
  expect(await live({ connection: waiting, root: '/nonexistent', portForward: true })(question)).toMatchObject({
    ok: false,
    why: 'unreachable',
  });
});
