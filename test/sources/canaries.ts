/** Canaries: secrets made for one run, the documents they hide in, and a search that finds them again. */
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** A secret, and the bytes that give it away. */
export interface Canary {
  readonly name: string;
  readonly bytes: Buffer;
}

const canaries: Canary[] = [];
/** Every canary that was made so far. */
export const planted: readonly Canary[] = canaries;

/** A new secret word; `form` shapes it. */
export function word(name: string, form = (random: string): string => `hunter-${random}`): string {
  const secret = form(randomBytes(12).toString('hex'));
  canaries.push({ name, bytes: Buffer.from(secret) });
  return secret;
}

/** The key as a new canary. */
export function key(name: string, privateKey: KeyObject): KeyObject {
  const { d = '', k = '' } = privateKey.export({ format: 'jwk' });
  canaries.push({ name, bytes: Buffer.from(d || k, 'base64url').subarray(0, 24) });
  return privateKey;
}
export const rsa = (name: string): KeyObject => key(name, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
export const ec = (name: string): KeyObject => key(name, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
export const ed25519 = (name: string): KeyObject => key(name, generateKeyPairSync('ed25519').privateKey);

type Type = 'pkcs1' | 'pkcs8' | 'sec1';
export const pem = (of: KeyObject, type: Type): string => of.export({ format: 'pem', type }).toString();
export const der = (of: KeyObject, type: Type): Buffer => of.export({ format: 'der', type });

/** An encrypted key: what gives it away is its own text, since the passphrase may be weak. */
export function encrypted(name: string, type: 'pkcs1' | 'pkcs8'): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const text = privateKey.export({ format: 'pem', type, cipher: 'aes-256-cbc', passphrase: 'weak' }).toString();
  canaries.push({ name, bytes: Buffer.from(text.split('\n')[9] ?? '') });
  return text;
}

/**
 * The names of all canaries in some bytes: as they are, in hex, percent-encoded, and in base64 to any depth, over line breaks, escaped ones too, and at
 * any alignment. `among`: those that are looked for.
 */
export function sing(bytes: Buffer, among = planted, depth = 0): string[] {
  const found = among.filter((canary) => bytes.includes(canary.bytes)).map(({ name }) => name);
  if (depth === 3) return found;
  const text = bytes.toString('latin1');
  for (const digits of text.match(/(?:[0-9a-f]{2}[: ]?){12,}/gi) ?? [])
    found.push(...sing(Buffer.from(digits.replace(/[: ]/g, ''), 'hex'), among, depth + 1));
  if (/%[0-9a-f]{2}/i.test(text))
    found.push(
      ...sing(
        Buffer.from(
          text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
          'latin1',
        ),
        among,
        depth + 1,
      ),
    );
  const joined = [text, text.replace(/\\+[nr]/g, ''), text.replace(/\\+[nr]|\s+/g, ''), text.replace(/\s+/g, '')];
  for (const words of new Set(joined.flatMap((form) => form.match(/[A-Za-z0-9+/_-]{16,}/g) ?? [])))
    for (const skip of [0, 1, 2, 3]) found.push(...sing(Buffer.from(words.slice(skip), 'base64'), among, depth + 1));
  return [...new Set(found)];
}

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const jwt = (name: string): string => word(name, (random) => `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ${random}.${random}`);

/** A kube-apiserver's Pod with a canary in every place where people put secrets. */
export function pod(): Record<string, unknown> {
  const innerConfig = `users:\n- user:\n    token: ${word('token in a nested kubeconfig')}\n    client-key-data: ${base64(pem(ec('key in a nested kubeconfig'), 'sec1'))}\n`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'kube-apiserver',
      labels: { component: 'kube-apiserver' },
      annotations: {
        'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': '10.0.0.5:6443',
        'example.com/note': word('annotation'),
        plain: `two lines\nof ${word('annotation of two lines')}`,
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec: { env: [{ name: 'A', value: word('last-applied') }] } }),
        'kubernetes.io/hint': `see https://admin:${word('password in a kept annotation')}@example.com/`,
      },
    },
    spec: {
      containers: [
        {
          name: 'kube-apiserver',
          command: ['kube-apiserver', '--secure-port=6443', '--proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt'],
          args: [
            `--token=${word('flag')}`,
            '--token',
            word('flag in two'),
            '--v=2',
            `--oidc-client-secret=${word('flag with a quote', (random) => `a"b'${random} c`)}`,
            `--etcd-servers=https://root:${word('userinfo', (random) => `p/${random}`)}@10.0.0.5:2379`,
          ],
          env: [
            { name: 'SOME_NAME', value: word('env') },
            { name: 'LINES', value: `one\n\n  ${word('env of several lines')}\n` },
            { name: 'HTTPS_PROXY', value: `http://user:${word('proxy')}@proxy.example:3128` },
            { name: 'http_proxy', value: `user:${word('proxy without a scheme')}@proxy.example:3128` },
            { name: 'NO_PROXY', value: '10.0.0.0/8,.svc' },
            { name: 'REFERENCE', valueFrom: { secretKeyRef: { name: 'secret-name', key: 'secret-key' } } },
          ],
          envFrom: [{ secretRef: { name: 'kept' } }],
          livenessProbe: { httpGet: { path: '/livez', httpHeaders: [{ name: 'Authorization', value: `Basic ${base64(word('basic'))}` }] } },
        },
        {
          name: 'shell',
          command: ['/bin/sh', '-c'],
          args: [
            `set -e\nexport K3S_TOKEN=${word('K3S_TOKEN')}\nexec kube-apiserver --secure-port=6443 \\\n  --password ${word('flag of a script')} --v=2\ncurl -H "Authorization: Bearer ${word('bearer')}" https://x\n`,
          ],
        },
      ],
      volumes: [{ name: 'v', secret: { secretName: 'kept-name' } }],
    },
    status: {
      message: `line one\ntoken: ${word('message')}\nAPI_TOKEN="${word('message in quotes')}"`,
      jwt: `is ${jwt('JWT')}`,
      node: word('k3s token', (random) => `K10${random.repeat(3)}::server:${random}`),
      bootstrap: `join with ${word('bootstrap token', (random) => `${random.slice(0, 6)}.${random.slice(0, 15)}7`)} now`,
      nested: innerConfig,
      pkcs1: pem(rsa('PKCS#1'), 'pkcs1'),
      oneLine: pem(ec('folded PEM'), 'pkcs8').replaceAll('\n', ' '),
      escaped: JSON.stringify({ escaped: JSON.stringify({ key: pem(ed25519('PEM escaped twice'), 'pkcs8') }) }),
      encrypted: encrypted('encrypted PKCS#8', 'pkcs8'),
      oldEncrypted: encrypted('encrypted PKCS#1', 'pkcs1'),
      der1: base64(der(rsa('DER PKCS#1'), 'pkcs1')),
      der8: base64(der(ed25519('DER PKCS#8'), 'pkcs8')),
      derEc: base64(der(ec('DER SEC1'), 'sec1')),
      twice: base64(base64(pem(ec('base64 of base64'), 'sec1'))),
      wrapped: (base64(der(rsa('DER over lines'), 'pkcs8')).match(/.{1,64}/g) ?? []).join('\n'),
      hiddenConfig: base64(innerConfig),
      image: 'registry.k8s.io/kube-apiserver:v1.37.2',
      text: 'Grüße, 日本語, 🦔',
    },
  };
}

/** A Secret, a kubeconfig, k3s and Talos configuration, an EncryptionConfiguration and a JWK. */
export function configurations(): readonly Record<string, unknown>[] {
  const bundle = `${pem(rsa('key in tls.crt'), 'pkcs8')}-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n`;
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      data: {
        'tls.key': base64(pem(rsa('tls.key'), 'pkcs8')),
        'tls.crt': base64(bundle),
        'ca.crt': base64('kept'),
        other: base64(word('Secret')),
      },
      stringData: { password: word('stringData'), text: `a\n${word('stringData of two lines')}` },
    },
    {
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.5:6443', 'proxy-url': `http://u:${word('proxy-url')}@p:1` } }],
      users: [
        {
          name: 'u',
          user: {
            'client-certificate-data': base64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
            'client-key-data': base64(pem(rsa('client-key-data'), 'pkcs1')),
            token: word('kubeconfig token'),
            password: word('kubeconfig password', (random) => `with spaces ${random}`),
            'auth-provider': {
              config: { 'id-token': jwt('id-token'), 'refresh-token': word('refresh-token'), 'client-secret': word('client-secret') },
            },
            exec: {
              command: 'aws',
              args: ['eks', '--token', word('exec argument')],
              env: [{ name: 'AWS_PROFILE', value: word('exec env') }],
            },
          },
        },
      ],
    },
    {
      token: word('k3s token:'),
      'agent-token': word('agent-token'),
      'datastore-endpoint': `mysql://u:${word('datastore')}@tcp(db:3306)/k3s`,
    },
    {
      machine: {
        token: word('Talos machine token'),
        ca: { crt: 'kept', key: base64(pem(ed25519('Talos key'), 'pkcs8')) },
        env: { https_proxy: `http://u:${word('Talos proxy')}@p`, A: word('Talos env') },
      },
      cluster: {
        secret: word('Talos secret', (random) => base64(random)),
        aescbcEncryptionSecret: word('aescbc', (random) => base64(random)),
      },
    },
    {
      kind: 'EncryptionConfiguration',
      resources: [{ providers: [{ aescbc: { keys: [{ name: 'k', secret: word('encryption', (random) => base64(random)) }] } }] }],
    },
    { jwk: rsa('JWK').export({ format: 'jwk' }) },
  ];
}

/** Lines that programs have logged. */
export function logs(): string {
  return [
    `E1123 02:45:04.123456 1 authentication.go:73] "Unable to authenticate the request" err="[x509: certificate has expired, invalid bearer token]"`,
    `2026-11-23T02:45:04Z stderr F Authorization: Bearer ${word('log bearer')}`,
    `I1123 request headers: Authorization:[Bearer ${jwt('log JWT')}] Accept:[*/*]`,
    `time="2026-11-23" level=info msg="join" token=${word('log token')} server=https://10.0.0.5:6443`,
    `proxyconnect tcp: dial http://user:${word('log proxy')}@proxy:3128: i/o timeout`,
    `{"level":"info","password":"${word('log JSON')}","escaped":"{\\"clientSecret\\":\\"${word('log escaped JSON')}\\"}"}`,
    `kubectl --token ${word('log flag')} get pods`,
    `env: HTTPS_PROXY=u:${word('log proxy variable')}@p:1 K3S_TOKEN='${word('log variable')}'`,
    pem(rsa('log PEM'), 'pkcs8'),
    pem(rsa('log PEM without its beginning'), 'pkcs8').split('\n').slice(3).join('\n'),
    pem(rsa('log PEM without its end'), 'pkcs8').split('\n').slice(0, 12).join('\n'),
    'W1123 the last line',
  ].join('\n');
}
