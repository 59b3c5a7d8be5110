/** What redaction takes away, what it leaves, and that it never breaks a text. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isKeyMaterial } from '../../src/sources/redact/base64.ts';
import { redactApi, redactFile, redactText, withoutSecrets } from '../../src/sources/redact.ts';
import { random } from './random.ts';

const dir = mkdtempSync(join(tmpdir(), 'aggctl-redact-'));
execFileSync(
  'openssl',
  [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=front-proxy-ca',
    '-keyout',
    join(dir, 'k'),
    '-out',
    join(dir, 'c'),
  ],
  { stdio: 'ignore' },
);
execFileSync('openssl', [
  'pkcs12',
  '-export',
  '-inkey',
  join(dir, 'k'),
  '-in',
  join(dir, 'c'),
  '-passout',
  'pass:',
  '-out',
  join(dir, 'p12'),
]);
const certificate = readFileSync(join(dir, 'c'), 'utf8');
const privateKey = readFileSync(join(dir, 'k'), 'utf8');
const keyStore = readFileSync(join(dir, 'p12'));
rmSync(dir, { recursive: true });
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');

describe('a text with nothing to hide stays as it is, byte for byte', () => {
  const manifest = [
    '# made by kubeadm; token rotation is off',
    'apiVersion:   v1',
    'kind: Pod',
    'metadata:',
    '  annotations:',
    '    kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint: 10.0.0.5:6443',
    'spec:',
    '  containers:',
    '  - command:',
    '    - kube-apiserver',
    '    - --enable-bootstrap-token-auth=true',
    '    - --token-auth-file=/etc/kubernetes/tokens.csv',
    '    - --service-account-key-file=/etc/kubernetes/pki/sa.pub',
    '    - --service-account-signing-key-file=/etc/kubernetes/pki/sa.key',
    '    - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
    '    - --requestheader-allowed-names="front-proxy-client"',
    '    - "--etcd-servers=https://127.0.0.1:2379"  # Grüße',
    '    image: registry.k8s.io/kube-apiserver@sha256:9c4c4b1a2f5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7',
    "    env: [{name: NO_PROXY, value: '10.0.0.0/8,.svc'}, {name: EMPTY, value: ''}]",
    '    envFrom: [{secretRef: {name: proxy-settings}}]',
    '  automountServiceAccountToken: false',
    '  volumes:',
    '  - name: t',
    '    secret: {secretName: metrics-server-token}',
    '  - name: u',
    '    secret:',
    '      secretName: other',
    '',
  ].join('\n');
  const apiService = {
    kind: 'APIService',
    metadata: {
      uid: '8d9d6f3e-5a1c-4f4e-9a83-3a6c7e0f1b2d',
      annotations: { 'cert-manager.io/inject-ca-from': 'a/b', 'meta.helm.sh/release-name': 'm' },
    },
    spec: { caBundle: base64(certificate), groupPriorityMinimum: 100 },
    status: {
      conditions: [
        {
          message: 'failing or missing response from https://10.97.1.2:443/apis/m/v1: bad status 401',
          lastTransitionTime: '2026-11-23T02:45:10Z',
        },
      ],
    },
  };
  test.each<[string, string, (text: string) => string]>([
    ['a manifest', manifest, (text) => redactFile('/etc/kubernetes/manifests/kube-apiserver.yaml', text)],
    ['with Windows line ends', manifest.replaceAll('\n', '\r\n'), (text) => redactFile('/a.yaml', text)],
    ['with a byte order mark', `\ufeff${manifest}`, (text) => redactFile('/a.yaml', text)],
    [
      'a bundle of certificates',
      `# CA\n${certificate}\njunk\n${certificate.replaceAll('\n', '\r\n')}`,
      (text) => redactFile('/ca.crt', text),
    ],
    [
      'a public key',
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      (text) => redactFile('/sa.pub', text),
    ],
    ['an APIService', JSON.stringify(apiService, null, 1), (text) => redactApi('/apis/apiregistration.k8s.io/v1/apiservices/x', text)],
    [
      'a ConfigMap',
      JSON.stringify({ kind: 'ConfigMap', data: { 'client-ca-file': certificate, 'requestheader-allowed-names': '["a"]' } }),
      (text) => redactApi('/api/v1/x', text),
    ],
    ['numbers and escapes', '{"a":1.0,"b":12345678901234567890,"c":"\\u003ca\\/b\\u003e","a":-1e5 }', (text) => redactApi('/x', text)],
    ['an answer of several values', '{"name":"a"}\n{"value":1}\n'.replace('"value":1', '"other":1'), (text) => redactApi('/x', text)],
    ['a refusal', 'Unauthorized', (text) => redactApi('/x', text)],
    ['nothing', '', (text) => redactFile('/x', text)],
  ])('%s', (_, text, redact) => expect(redact(text)).toBe(text));

  test.each([
    '[x509: certificate has expired or is not yet valid: current time 2026-11-23T02:45:04Z is after 2026-11-20T10:12:00Z, invalid bearer token]',
    'Unable to authenticate the request due to an error: invalid bearer token, service account token has expired',
    'MountVolume.SetUp failed for volume "tls" : secret "metrics-server-tls" not found',
    'failed to sync secret: not found',
    'open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory',
    'bearer authentication failed',
    'dial tcp: lookup metrics-server.kube-system.svc on 10.96.0.10:53: no such host',
    'Get "https://10.96.0.1:443/api?timeout=5s": proxyconnect tcp: tls: first record',
    'ghcr.io/foo/bar@sha256:abc, mail jane@example.com, https://medium.com/@jane/x?y=1',
    'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
  ])('%s', (line) => expect(redactText(line)).toBe(line));
});

describe('a text with something to hide', () => {
  test.each<[string, string, string]>([
    ['URLs', 'a https://u:p@h/x?y=1, redis://:p@h b', 'a https://REDACTED@h/x?y=1, redis://REDACTED@h b'],
    ['a password with @ or /', 'http://u:p@x@h:1/ http://u:p/x@h:1/', 'http://REDACTED@h:1/ http://REDACTED@h:1/'],
    ['a query', 'GET /x?token=abc&limit=5', 'GET /x?token=REDACTED&limit=5'],
    ['a header', 'authorization: Basic dXNlcjpwYXNz', 'authorization: Basic REDACTED'],
    ['quoted', `password: "a b" token='c'`, `password: "REDACTED" token='REDACTED'`],
    ['a YAML line', '  token: my secret # x', '  token: REDACTED'],
    ['on the next line', 'password:\n  hunter\nuser: u', 'password:\n  REDACTED\nuser: u'],
    ['a block', 'password: |\n  hunter\n\n  two\nuser: u', 'password: |\n  REDACTED\n\n  \nuser: u'],
    ['an open quote', 'password: "hunter\n  two"\nuser: u', 'password: "REDACTED\n  "\nuser: u'],
    ['a flag', 'kubectl --token abc -n x', 'kubectl --token REDACTED -n x'],
    ['a Go map', 'map[token:abc user:x]', 'map[token:REDACTED user:x]'],
    ['a bare bearer token', 'sent Bearer abcDEF12345 to x', 'sent Bearer REDACTED to x'],
    ['an age key', `x AGE-SECRET-KEY-1${'Q'.repeat(20)} y`, 'x REDACTED y'],
    ['AWS', 'aws_secret_access_key = wJalrXUt', 'aws_secret_access_key = REDACTED'],
    ['non-Latin text around', 'Grüße token=日本語 🦔', 'Grüße token=REDACTED 🦔'],
  ])('%s', (_, text, clean) => expect(redactText(text)).toBe(clean));

  test('a private key leaves a marker, and every line its number', () => {
    const clean = redactFile('/a.pem', `${certificate}${privateKey}after\n`);
    expect(clean.split('\n')).toHaveLength(`${certificate}${privateKey}after\n`.split('\n').length);
    expect(clean.replace(/\n+/g, '\n')).toBe(`${certificate}-----BEGIN PRIVATE KEY (removed)-----\n-----END PRIVATE KEY-----\nafter\n`);
  });

  test('a key store, and what is compressed', () => {
    expect(isKeyMaterial(keyStore)).toBe(true);
    expect(redactApi('/x', JSON.stringify({ data: base64(keyStore) }))).toBe('{"data":"REDACTED"}');
    expect(redactText(`x ${base64(Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), Buffer.alloc(30)]))}`)).toBe('x REDACTED');
    expect(isKeyMaterial(Buffer.from(certificate.split('\n').slice(1, -2).join(''), 'base64'))).toBe(false);
  });

  test("of the environment of a node's services only the proxy is kept", () => {
    const text = 'PATH=/bin\nDBPASS=abcd\n# x\n\nexport https_proxy="http://u:p@h:1"\nNO_PROXY=10.0.0.0/8\n';
    const clean = 'REDACTED\nREDACTED\nREDACTED\n\nexport https_proxy="http://REDACTED@h:1"\nNO_PROXY=10.0.0.0/8\n';
    expect(redactFile('/etc/environment', text)).toBe(clean);
    expect(redactFile('/etc/environment', clean)).toBe(clean);
  });

  test('only the value is replaced, in the style in which it is written', () => {
    const text = `a: 'x'   # note\nenv: [ {name: A,  value: "1"} , {name: http_proxy, value: 'http://u:p@h'} ]\nb: >-\n  --password=x\n  --v=2\n`;
    expect(redactFile('/a.yaml', text)).toBe(
      `a: 'x'   # note\nenv: [ {name: A,  value: REDACTED} , {name: http_proxy, value: 'http://REDACTED@h'} ]\nb: >-\n  --password=REDACTED\n  --v=2\n`,
    );
  });

  test.each([
    ['/var/lib/rancher/k3s/server/token', 'K10\nabc\n', 'REDACTED\nREDACTED\n'],
    ['/etc/kubernetes/known_tokens.csv', 'abc,jane,1\r\n', 'REDACTED\r\n'],
    ['/etc/kubernetes/secret.yaml', 'kind: Secret\ndata: {a: Yg==, ca.crt: Yg==}\n', 'kind: Secret\ndata: {a: REDACTED, ca.crt: Yg==}\n'],
  ])('%s', (path, text, clean) => expect(redactFile(path, text)).toBe(clean));

  test('annotations: only those of Kubernetes and its certificate managers keep their value', () => {
    const annotations = {
      'kubernetes.io/a': '1',
      'authentication.k8s.io/a': '1',
      'service.beta.openshift.io/a': '1',
      'notkubernetes.io/a': '2',
      'kubernetes.io.example.com/a': '2',
      'kubernetes.io': '2',
      'kubectl.kubernetes.io/last-applied-configuration': '2',
    };
    const { metadata } = JSON.parse(redactApi('/x', JSON.stringify({ metadata: { annotations } })));
    expect(Object.values(metadata.annotations)).toEqual(['1', '1', '1', 'REDACTED', 'REDACTED', 'REDACTED', 'REDACTED']);
  });
});

describe('any text', () => {
  const words = [
    'env:',
    'value: ',
    '"value":',
    'name: A',
    'annotations:',
    'metadata:',
    'kind: Secret',
    'data:',
    'token: ',
    'password=',
    '--token ',
    'http://u:p@h',
    'PROXY=',
  ]
    .concat([
      '-----BEGIN RSA PRIVATE KEY-----',
      '-----END RSA PRIVATE KEY-----',
      'MIIEowIBAAKCAQEAmZ4x1234',
      '\n  ',
      '\n- ',
      '\n',
      '|',
      '>-',
      '&a',
      '*a',
      '<<: *a',
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      '# ',
    ])
    .concat(['Bearer abcdefgh1', base64('password: hunter2 and more'), 'eyJhbGciOi.eyJzdWIiOi.abc', '\\n', '\\"', '\r\n', 'a', ' ']);
  test.each(Array.from({ length: 20 }, (_, i) => i + 1))('seed %i: no throw, no line gone, and twice is once', (seed) => {
    const r = random(seed);
    for (let i = 0; i < 40; i++) {
      const text = Array.from({ length: r.below(40) }, () => (r.chance(6) ? r.text(3) : r.pick(words))).join('');
      for (const redact of [redactText, (one: string) => redactFile('/a.yaml', one), (one: string) => redactApi('/api/v1/secrets', one)]) {
        const clean = redact(text);
        expect(clean.split('\n').length, JSON.stringify(text)).toBe(text.split('\n').length);
        expect(redact(clean), JSON.stringify(text)).toBe(clean);
      }
    }
  });

  test.each([
    ['one long word', 'a'.repeat(300_000)],
    ['slashes', '://'.repeat(100_000)],
    ['dashes', '-'.repeat(300_000)],
    ['quotes', '"token":"'.repeat(30_000)],
    ['line breaks', `${'\n'.repeat(200_000)}token`],
    ['keys that begin', '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(5_000)],
    [
      'aliases',
      `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`},`.repeat(9)}]`).join('\n')}\nenv: *b29\n`,
    ],
  ])('%s do not stop it', (_, text) => {
    expect(redactFile('/a.yaml', text).split('\n')).toHaveLength(text.split('\n').length);
    expect(redactApi('/x', text).split('\n')).toHaveLength(text.split('\n').length);
  });

  test.each(['['.repeat(200_000), '{"a":'.repeat(100_000)])('one that cannot be searched is malformed: %.8s', (text) => {
    const searched = withoutSecrets('The answer', () => redactApi('/x', text));
    expect(searched).toMatchObject({ ok: false, why: 'malformed', message: expect.stringContaining('cannot be searched for secrets') });
  });

  test.each([
    ['a key in hex', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type: 'sec1' }).toString('hex')],
    ['a password in a URL', encodeURIComponent('next=https://user:hunter2hunter2@example.com/&token=hunter2hunter2')],
    ['a list under the name of a secret', '{"etcd-password":["hunter2hunter2"]}'],
    ['names of all kinds', 'pwd=hunter2hunter2 dsn=hunter2hunter2 credentials: hunter2hunter2 signing-key=hunter2hunter2'],
  ])('%s is removed', (_, text) => {
    expect(redactApi('/x', text)).not.toContain('hunter2');
    expect(redactApi('/x', text)).toContain('REDACTED');
  });
});
