/** Servers on loopback with certificates made at run time, and kubeconfigs for them. All end with `closeAll`. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { type Connection, connect } from '../../src/cluster/connect.ts';
import type { ClientOptions } from '../../src/cluster/settings.ts';
import { type Issued, issue, keyPair, privatePem, type Recipe } from '../support/pki.ts';

const closers: (() => Promise<unknown>)[] = [];
export const closeAll = async (): Promise<void> => {
  for (const close of closers.splice(0)) await close();
};

const LOOPBACK = Buffer.of(127, 0, 0, 1);
export const ca = (cn = 'kubernetes'): Issued =>
  issue({
    subject: [['CN', cn]],
    key: keyPair('p-256', cn),
    basicConstraints: { ca: true },
    keyUsage: ['keyCertSign', 'digitalSignature'],
    subjectKeyId: true,
  });
const leafKey = keyPair('p-256', 'leaf');
export const CA = ca();
export const serving = (more: Partial<Recipe> = {}): Issued =>
  issue({
    subject: [['CN', 'kube-apiserver']],
    key: leafKey,
    issuer: CA,
    ip: [LOOPBACK],
    dns: ['kubernetes'],
    extendedKeyUsage: ['serverAuth'],
    ...more,
  });
export const clientPair = (more: Partial<Recipe> = {}): { cert: string; key: string } => {
  const issued = issue({
    subject: [
      ['O', 'admins'],
      ['CN', 'alice'],
    ],
    key: leafKey,
    issuer: CA,
    extendedKeyUsage: ['clientAuth'],
    ...more,
  });
  return { cert: issued.pem, key: privatePem(leafKey) };
};
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

const listen = async (server: net.Server): Promise<number> => {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) =>
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  return (server.address() as AddressInfo).port;
};

interface Seen {
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly headers: http.IncomingHttpHeaders;
  readonly peer: string | undefined;
}
export interface Api {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen[];
  /** TCP connections so far. */
  readonly connections: () => number;
}
/** An https server; `answer` gets the number of the request, from 1. */
export const api = async (
  answer: (request: http.IncomingMessage, response: http.ServerResponse, nth: number) => void,
  {
    certificate = serving(),
    more = {},
    upgrade,
  }: {
    certificate?: Issued;
    more?: https.ServerOptions;
    upgrade?: (request: http.IncomingMessage, socket: Duplex) => void;
  } = {},
): Promise<Api> => {
  const seen: Seen[] = [];
  let connections = 0;
  const server = https.createServer({ cert: certificate.pem, key: privatePem(certificate.key), ...more }, (request, response) => {
    const peer = (request.socket as import('node:tls').TLSSocket).getPeerCertificate?.().subject?.CN;
    seen.push({ url: request.url ?? '', rawHeaders: request.rawHeaders, headers: request.headers, peer: peer as string | undefined });
    answer(request, response, seen.length);
  });
  if (upgrade) server.on('upgrade', upgrade);
  server.on('connection', () => {
    connections += 1;
  });
  const port = await listen(server);
  return { url: `https://127.0.0.1:${port}`, port, seen, connections: () => connections };
};
/** A bare TCP server. */
export const tcp = async (onSocket: (socket: net.Socket) => void): Promise<number> => listen(net.createServer(onSocket));

/** A proxy that knows CONNECT; `status` other than 200 refuses. It leads every name to loopback. */
export const connectProxy = async (
  status = '200 OK',
): Promise<{ port: number; asked: { url: string; authorization: string | undefined }[] }> => {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const server = http.createServer();
  server.on('connect', (request, socket) => {
    asked.push({ url: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    if (status !== '200 OK') return socket.end(`HTTP/1.1 ${status}\r\n\r\n`);
    const upstream = net.connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  return { port: await listen(server), asked };
};

/** A TLS server (OpenSSL) that accepts only valid client certificates of the CA, and says why not by a TLS alert. Returns its port. */
export const demandingServer = async (version: string): Promise<number> => {
  const dir = await folder();
  const certificate = serving();
  await writeFile(path.join(dir, 'server.pem'), certificate.pem + privatePem(certificate.key));
  await writeFile(path.join(dir, 'ca.pem'), CA.pem);
  const options = [
    '-accept',
    '127.0.0.1:0',
    '-cert',
    'server.pem',
    '-CAfile',
    'ca.pem',
    '-Verify',
    '1',
    '-verify_return_error',
    '-www',
    version,
  ];
  const server = spawn('openssl', ['s_server', ...options], { cwd: dir, stdio: ['ignore', 'pipe', 'ignore'] });
  closers.push(async () => server.kill('SIGKILL'));
  for await (const text of server.stdout) {
    const port = /ACCEPT .*:(\d+)/.exec(String(text))?.[1];
    if (port) {
      server.stdout.resume();
      return Number(port);
    }
  }
  throw new Error('openssl s_server did not start');
};

/** A folder that is removed at the end. */
export const folder = async (): Promise<string> => {
  const made = await mkdtemp(path.join(tmpdir(), 'aggctl-test-'));
  closers.push(() => rm(made, { recursive: true, force: true }));
  return made;
};

/** A kubeconfig with one context, in a folder of its own. JSON is YAML. */
export const kubeconfig = async (cluster: object, user: object = {}): Promise<string> => {
  const file = path.join(await folder(), 'config');
  const config = {
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  await writeFile(file, JSON.stringify(config));
  return file;
};
export const trusting = (server: string): object => ({ server, 'certificate-authority-data': base64(CA.pem) });

/** Connects with no surroundings but these; fails the test on a problem. */
export const connected = async (options: ClientOptions, env: Record<string, string> = {}): Promise<Connection> => {
  const result = await connect(options, { env, root: '/nonexistent' });
  if (!result.ok || !result.value) throw new Error(result.ok ? 'no connection' : result.problem);
  return result.value;
};
