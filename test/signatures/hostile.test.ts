/** Names that read like errors, and texts without end: no table takes the one for what it says, or stops at the other. */
import { describe, expect, test } from 'vitest';
import { exitMessageIn } from '../../src/signatures/exit-log.ts';
import { exitMessages } from '../../src/signatures/exit-messages.ts';
import { exits, exitText, kindsOfExit } from '../../src/signatures/exits.ts';
import { answerText, innerText, recognise, signatures } from '../../src/signatures/index.ts';
import { recordIn } from '../../src/signatures/log-records.ts';
import { isTimeout, isUnseenByProbe } from '../../src/signatures/probe.ts';
import { refusedWatchIn, rejectionIn, rejections } from '../../src/signatures/rejections.ts';
import { tells } from '../../src/signatures/tells.ts';
import { exitMessageTexts } from './exit-messages.ts';
import { exitTexts, ownFile } from './exits.ts';
import { answers, inner, U } from './failures.ts';

/** Names that a node, a namespace, a Service or a host may have. */
const names = [
  ...['aks-nodepool1-40341403-vmss000000', '401', '403', '404', '429', '500', '503', 'eof', 'refused', 'unauthorized', 'forbidden'],
  ...['timeout.example.com', 'x509.io', 'no-such-host', 'connection-refused', 'no-route-to-host', 'tunnel-closed', 'dial-timeout'],
  ...[
    'no-agent-available',
    'context-deadline-exceeded',
    'bad-gateway',
    'unknown-flag',
    'etcdserver',
    'is-after-2026-01-01',
    'panic',
    'tls',
  ],
];
/** The name of a CA, the reason of a proxy or a value in an extension server's answer may be anything. */
const words = [
  ...inner.map(([text]) => text),
  ...exitTexts.map(([text]) => text),
  ...['EOF"', '"', '\\"', "'", ': EOF', '401', 'bad status: 401', '401 Unauthorized', 'x509: ', 'MissingEndpoints', 'NoCondition'],
];

const kindOf = (text: string) => recognise('', text)?.kind ?? 'other';
/** What kube-aggregator makes of an error (v0.37.2, remote_available_controller.go), for a Service of that name. */
const condition = (name: string, text: string) => {
  const url = `https://${name}.${name}.svc:443/apis/${name}.example.com/v1`;
  return innerText(`failing or missing response from ${url}: Get "${url}": ${text}`);
};

describe.each(names)('a name such as %s', (name) => {
  test('says nothing in an error that no row knows', () => {
    for (const text of [
      `something new about ${name}`,
      `${name}: something new`,
      `something new: ${name}`,
      `dial tcp ${name}:443: something new`,
    ]) {
      expect(kindOf(condition(name, text)), text).toBe('other');
      expect(kindOf(answerText(503, `error trying to reach service: ${text}`)), text).toBe('other');
    }
  });
  test('changes nothing in one that some row knows', () => {
    for (const [text, kind] of inner) {
      // Who refuses is no name of a Service: a proxy, a socket, an address.
      const named = text.replaceAll('wardle', name).replaceAll('api.example.com', name).replaceAll('node-1', name);
      expect(kindOf(condition(name, named)), named).toBe(kind);
    }
  });
  test('is no status of an answer', () => {
    for (const [status, text, kind] of answers)
      expect(kindOf(answerText(status, text.replaceAll('wardle', name).replaceAll('flunders', name))), `${status} ${text}`).toBe(kind);
    expect(kindOf(answerText(500, `${name} is not served by ${name}: ${name}`))).toBe('other');
    expect(isTimeout(answerText(500, name)) || isUnseenByProbe(answerText(500, name), 35)).toBe(false);
  });
  test('ends no process', () => {
    const line = `E1123 13:00:00.000000       1 ${name}.go:1] "Something new" err="Get \\"https://${name}:443/x\\": new" node="${name}" ns="${name}"`;
    expect(exitMessageIn(line), line).toBeNull();
    expect(tells(line), line).toBe(false);
    expect([rejectionIn(line), refusedWatchIn(line)]).toEqual([null, null]);
    expect(kindsOfExit(`something new about ${name} in /etc/${name}/${name}`, [ownFile])).toEqual([]);
  });
});

test.each(words)('%s is the name of a CA, and nothing else', (word) => {
  const text = `x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate ${JSON.stringify(word)})`;
  expect(kindOf(condition('api', `tls: failed to verify certificate: ${text}`))).toBe('unknown-authority');
  const names = `x509: certificate is valid for ${word}, not api.wardle.svc`;
  expect(kindOf(condition('api', `tls: failed to verify certificate: ${names}`))).toBe('serving-names');
});
test.each(words)('%s is what another protocol says', (word) => {
  const text = `net/http: HTTP/1.x transport connection broken: malformed HTTP response ${JSON.stringify(word)}`;
  expect(kindOf(condition('api', text))).toBe('not-http');
});
test.each(words)('%s in an answer of an extension server is no error of the connection to it', (word) => {
  const own = ['storage-down', 'users-not-authorized', 'reviews-not-served', 'root-certificates', 'other'];
  expect(own).toContain(kindOf(answerText(500, word)));
  expect(kindOf(answerText(401, word))).toBe('rejected');
  expect(kindOf(answerText(404, word))).toBe('not-found');
});

/** Beginnings of every text that some row knows, over and over: where an expression tries each of them, time grows with the square. */
const seeds = [
  ...[...inner, ...exitTexts].map(([text]) => text),
  ...answers.map(([, text]) => text),
  ...exitMessageTexts.map(([, line]) => line),
  ...['"', '\\"', '\\', '{', '[', ' ', '\t', ': ', 'a', '0', 'https://a/', U],
];
const length = 50_000;
test.each([[1], [24]])('a text of 50000 characters, made of the first %i of each, is read to its end', { timeout: 120_000 }, (size) => {
  const all = [...signatures, ...exitMessages, ...exits, ...rejections];
  const read = [innerText, exitText, recordIn, rejectionIn, refusedWatchIn, tells];
  for (const seed of new Set(seeds.map((text) => text.slice(0, size)))) {
    const text = seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
    for (const { matches } of all) matches.test(text);
    for (const one of read) one(text);
    expect(answerText(500, text).length).toBeLessThan(length);
  }
});
