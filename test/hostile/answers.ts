/** Hostile answers: each takes the place of what a recorded cluster says to one request. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Recorded, send } from './recorded.ts';

export type Answering = (response: ServerResponse, recorded: Recorded, request: IncomingMessage) => void;

const MiB = 1024 * 1024;
const json = { 'content-type': 'application/json' };

/** Another status, other headers, another text. */
const answer =
  (text: string | Buffer, status = 200, headers: Readonly<Record<string, string>> = json): Answering =>
  (response) =>
    void response.writeHead(status, headers).end(text);
/** Bytes in place of HTTP, and then the end of the connection, or nothing. */
const bytes =
  (text: string, then: 'end' | 'silence' = 'end'): Answering =>
  (response) =>
    void (then === 'end' ? response.socket?.end(text) : response.socket?.write(text));
/** The same again and again, as fast as it is taken or with pauses, until the client goes. */
const endless =
  (head: string, part: string | Buffer, pause = 0): Answering =>
  ({ socket }) => {
    if (!socket) return;
    const again = (): void => {
      if (socket.destroyed) return;
      if (pause > 0) setTimeout(again, pause);
      else setImmediate(again);
      if (socket.writableLength < MiB) socket.write(part);
    };
    socket.write(head);
    again();
  };
/** The recorded answer with every value of its JSON made another one. */
const changed =
  (change: (value: unknown) => unknown): Answering =>
  (response, recorded) =>
    send(response, { ...recorded, text: rewritten(recorded.text, change) });
const rewritten = (text: string, change: (value: unknown) => unknown): string => {
  try {
    return JSON.stringify(JSON.parse(text, (_, value) => change(value)));
  } catch {
    return String(change(text));
  }
};
/** The recorded answer with another text, made of its own. */
const edited =
  (edit: (text: string) => string | Buffer): Answering =>
  (response, { status, headers, text }) =>
    void response.writeHead(status, headers).end(edit(text));

const head = (...lines: readonly string[]): string => ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...lines, '', ''].join('\r\n');
const page = (items: string, next: string): string =>
  `{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1","continue":"${next}"},"items":${items}}`;
const html = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n';
/** Clears the screen, sets the title and the clipboard, links, hides. */
const escapes = '\u001b[2J\u001b]0;owned\u0007\u001b]52;c;b3duZWQ=\u0007\u001b]8;;http://x/\u001b\\\u009b31m\u202e\r\u0000';
let pages = 0;

const group = (resources: string): string =>
  `{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"a/v1","resources":[${resources}]}`;

export const answers = {
  'never answers': () => {},
  'headers without end': endless('HTTP/1.1 200 OK\r\n', 'x-more: 1\r\n', 20),
  'a header of 1 MB': bytes(head(`x-large: ${'x'.repeat(MiB)}`)),
  'a body without end': endless(head('Transfer-Encoding: chunked'), `10000\r\n${'x'.repeat(65_536)}\r\n`),
  'a byte now and then': endless(head('Transfer-Encoding: chunked'), '1\r\n \r\n', 50),
  'less than it announced': bytes(`${head('Content-Length: 1000')}{}`),
  'less than it announced, and waits': bytes(`${head('Content-Length: 1000')}{}`, 'silence'),
  'more than it announced': bytes(`${head('Content-Length: 2')}{} and much more`, 'silence'),
  'a length that is no number': bytes(`${head('Content-Length: 1e3')}{}`),
  'two lengths': bytes(`${head('Content-Length: 2', 'Content-Length: 5')}{}`),
  'a length and chunks': bytes(`${head('Content-Length: 2', 'Transfer-Encoding: chunked')}2\r\n{}\r\n0\r\n\r\n`),
  'a chunk of negative length': bytes(`${head('Transfer-Encoding: chunked')}-1\r\n{}\r\n`),
  'a connection cut in the middle': ({ socket }) => void socket?.write(`${head('Content-Length: 1000')}{"kind":`, () => socket.destroy()),
  'interim answers without end': endless('', 'HTTP/1.1 100 Continue\r\n\r\n'),
  'early hints without end': endless('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
  'another protocol': bytes('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n', 'silence'),
  'HTTP/2': bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  'HTTP/0.9': bytes('{}'),
  'HTTP/1.0': (response, { text }) => void response.socket?.end(`HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n${text}`),
  'a status of four digits': bytes('HTTP/1.1 2000 OK\r\n\r\n'),
  'the status 999': bytes('HTTP/1.1 999 Strange\r\nContent-Length: 0\r\n\r\n'),
  'a redirect to itself': (response, _, { url = '' }) => void response.writeHead(302, { location: url }).end(),
  'a redirect to another host': answer('', 307, { location: 'https://192.0.2.1:6443/steal?token=hunter2' }),
  'a redirect to a file': answer('', 301, { location: 'file:///etc/shadow' }),
  'a redirect to plain HTTP': answer('', 308, { location: 'http://127.0.0.1:1/' }),
  'a redirect to nowhere': answer('', 302, {}),
  '401': answer('Unauthorized\n', 401, {}),
  '403': answer('{"kind":"Status","message":"no, says the webhook","reason":"Forbidden","code":403}', 403),
  '429 for eleven days': answer('Too many requests, please try again later.\n', 429, { 'retry-after': '999999' }),
  '500': answer('Internal Server Error\n', 500, {}),
  '503 with HTML': answer(html, 503, { 'content-type': 'text/html' }),
  'a refusal of 2 MB': answer('x'.repeat(2 * MiB), 503, { 'content-type': 'text/plain' }),
  'a refusal without end': endless(
    'HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n',
    `10000\r\n${'x'.repeat(65_536)}\r\n`,
  ),
  HTML: answer(html, 200, { 'content-type': 'text/html' }),
  nothing: answer(''),
  '204': answer('', 204, {}),
  gzip: answer(gzipSync(Buffer.alloc(64 * MiB)), 200, { ...json, 'content-encoding': 'gzip' }),
  'gzip that says nothing': answer(gzipSync('{}')),
  '10,000 lists in each other': answer('['.repeat(10_000) + ']'.repeat(10_000)),
  '10,000 objects in each other': answer(`${'{"a":'.repeat(10_000)}null${'}'.repeat(10_000)}`),
  '30 MB of resources': answer(
    group(
      Array.from({ length: 300_000 }, (_, n) => `{"name":"r${n}","kind":"R${n}","namespaced":true,"verbs":["get","list","watch"]}`).join(),
    ),
  ),
  '3 MB of resources': answer(
    group(
      Array.from({ length: 30_000 }, (_, n) => `{"name":"r${n}","kind":"R${n}","namespaced":true,"verbs":["get","list","watch"]}`).join(),
    ),
  ),
  'one text of 30 MB': answer(JSON.stringify({ kind: 'x'.repeat(30 * MiB), items: [] })),
  'a million numbers': answer(JSON.stringify({ kind: 'List', items: Array.from({ length: 1_000_000 }, (_, n) => n) })),
  'null for each value': changed((value) => (typeof value === 'object' ? value : null)),
  'null for each list': changed((value) => (Array.isArray(value) ? null : value)),
  'null in each list': changed((value) => (Array.isArray(value) ? [null] : value)),
  'a number for each value': changed((value) => (typeof value === 'object' ? value : 5)),
  'a text for each list': changed((value) => (Array.isArray(value) ? 'x' : value)),
  'an object for each text': changed((value) => (typeof value === 'string' ? { toString: 'x' } : value)),
  'an empty text for each': changed((value) => (typeof value === 'string' ? '' : value)),
  'escape sequences in each text': changed((value) => (typeof value === 'string' ? `${value}${escapes}` : value)),
  'shell in each text': changed((value) => (typeof value === 'string' ? `${value}$(touch /tmp/owned);'"\`` : value)),
  'markup in each text': changed((value) => (typeof value === 'string' ? `${value}\n---\n# heading\n` : value)),
  'a long text for each': changed((value) => (typeof value === 'string' ? value.padEnd(5_000, 'x') : value)),
  'half of it': edited((text) => text.slice(0, text.length / 2)),
  'bytes that are no UTF-8': edited((text) =>
    Buffer.concat([Buffer.from(text.slice(0, -3)), Buffer.of(0xff, 0xfe, 0xc0), Buffer.from(text.slice(-3))]),
  ),
  'UTF-16': edited((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  'a byte order mark': edited((text) => `\ufeff${text}`),
  'each key twice': edited((text) => text.replace(/"([a-z]\w*)":/gi, '"$1":null,"$1":')),
  'keys of prototypes': edited((text) =>
    text.replace(/\{/g, '{"__proto__":{"ok":true},"constructor":5,"toString":null,"hasOwnProperty":0,').replace(/,\}/g, '}'),
  ),
  'numbers that are too large': edited((text) => text.replace(/:\d+(?=[,}])/g, ':1e400')),
  'numbers below zero': edited((text) => text.replace(/:\d+(?=[,}])/g, ':-1.5')),
  'times that are none': edited((text) => text.replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"9999-99-99T99:99:99Z"')),
  'times of the year 275760': edited((text) => text.replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"+275760-09-13T00:00:00Z"')),
  'a page that repeats': answer(page('[{}]', 'again')),
  'pages without end': (response) => void response.writeHead(200, json).end(page('[{}]', `${pages++}`)),
  'pages without items': (response) => void response.writeHead(200, json).end(page('[]', `${pages++}`)),
  'pages of null': (response) => void response.writeHead(200, json).end(page('null', `${pages++}`)),
  'a date that is none': (response, recorded) =>
    send(response, { ...recorded, headers: { ...recorded.headers, date: 'Thu, 99 Foo 99999 99:99:99 GMT' } }),
  'a date in the year 9999': (response, recorded) =>
    send(response, { ...recorded, headers: { ...recorded.headers, date: 'Fri, 31 Dec 9999 23:59:59 GMT' } }),
} satisfies Record<string, Answering>;
