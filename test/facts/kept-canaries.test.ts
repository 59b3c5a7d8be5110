/** A secret in every place and encoding that a recording might take it from, under names that no list of names knows. */
import { describe, expect, test } from 'vitest';
import { stringify as yaml } from 'yaml';
import { apiPath } from '../../src/api-path.ts';
import { keeper } from '../../src/facts/kept/index.ts';
import type { Answer, AnyQuestion, ApiPath } from '../../src/model.ts';
import { der, ec, key, pem, planted, rsa, sing, word } from '../sources/canaries.ts';

/** On one line each, so that what is planted is found. */
const stringify = (value: unknown): string => yaml(value, { lineWidth: 0 });
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const percent = (text: string): string => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
/** Made once: it takes a tenth of a second. */
const large = rsa('in many places');
/** The forms in which a secret is met. */
const forms: Readonly<Record<string, (name: string) => string>> = {
  plain: (name) => word(name),
  'in base64': (name) => base64(word(name)),
  'in base64 twice': (name) => base64(base64(word(name))),
  'in hex': (name) => Buffer.from(word(name)).toString('hex'),
  percent: (name) => percent(word(name)),
  'part of a JWT': (name) => `eyJ${base64(word(name)).replace(/=+$/, '')}`,
  'with blanks': (name) => `two words ${word(name)}`,
  'with quotes': (name) => `a'b"${word(name)}\\c`,
  'a key in DER': (name) => base64(der(key(name, large), 'pkcs8')),
  'a key in hex': (name) => der(ec(name), 'sec1').toString('hex'),
};

const owned = { mode: '0600', uid: 0, gid: 0, mtime: '2026-11-28T00:00:00Z' } as const;
type Place = (secret: string) => readonly [AnyQuestion, unknown];
const file =
  (path: string, text: (secret: string) => string): Place =>
  (secret) => [{ kind: 'file', path }, { is: 'text', text: text(secret), ...owned } satisfies Answer['file']];
const answered =
  (path: string, body: (secret: string) => unknown, status = 200): Place =>
  (secret) => [
    { kind: 'api', method: 'GET', path: path as ApiPath },
    { status, headers: {}, ms: 1, text: `${JSON.stringify(body(secret))}\n` } satisfies Answer['api'],
  ];

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const container = (more: object) => ({ name: 'a', command: ['kube-apiserver'], ...more });
const podOf = (more: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { ...spec, containers: [container(more)] },
});
const pods = '/api/v1/namespaces/a/pods?labelSelector=b&limit=500';
const mirrors = '/api/v1/namespaces/kube-system/pods?labelSelector=component%3Dkube-apiserver&limit=500';
const unit = '/etc/systemd/system/kube-apiserver.service';
const started = (text: string) => `[Unit]\nDescription=x\n[Service]\n${text}\n`;
const k3s = '/etc/rancher/k3s/config.yaml';

/** What may hold a secret in a Pod, of which nothing is read. */
const inPods: Readonly<Record<string, (secret: string) => object>> = {
  'pwd flag': (s) => podOf({ args: [`--pwd=${s}`] }),
  'flag in two': (s) => podOf({ args: ['--sas', s] }),
  operand: (s) => podOf({ args: [s] }),
  'args of a script': (s) => podOf({ command: ['sh', '-c', `exec kube-apiserver --secure-port=6443 --dsn='${s.replaceAll("'", '')}'`] }),
  assignment: (s) => podOf({ command: ['sh', '-c', `FOO='${s.replaceAll("'", '')}' exec kube-apiserver --v=2`] }),
  env: (s) => podOf({ env: [{ name: 'DSN', value: s }] }),
  annotation: (s) => ({ ...podOf({}), metadata: { name: 'a', annotations: { 'x.kubernetes.io/y': s, 'kubernetes.io/config.hash': s } } }),
  'last applied': (s) => ({ ...podOf({}), metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': s } } }),
  probe: (s) => podOf({ livenessProbe: { httpGet: { httpHeaders: [{ name: 'X-Y', value: s }] } } }),
  'flex volume': (s) => podOf({}, { volumes: [{ name: 'v', flexVolume: { options: { z: s } } }] }),
};
const places: Readonly<Record<string, Place>> = {
  ...Object.fromEntries(
    Object.entries(inPods).flatMap(([name, make]): [string, Place][] => [
      [`${name} in a manifest`, file(manifest, (s) => stringify(make(s)))],
      [`${name} in JSON`, file(manifest, (s) => JSON.stringify(make(s), null, 2))],
      [`${name} in a broken manifest`, file(manifest, (s) => `${stringify(make(s))}\n}: [`)],
      [`${name} of a Pod`, answered(pods, (s) => ({ kind: 'PodList', items: [make(s)] }))],
      [`${name} of a mirror pod`, answered(mirrors, (s) => ({ kind: 'PodList', items: [make(s)] }))],
    ]),
  ),
  comment: file(manifest, (s) => `# ${s}\n${stringify(podOf({}))}# ${s}\n`),
  'another kind': file(manifest, (s) => stringify({ kind: 'Other', spec: { x: s, list: [s] } })),
  'no document': file(manifest, (s) => s),
  'k3s vpn-auth': file(k3s, (s) => stringify({ 'vpn-auth': `name=tailscale,joinKey=${s}` })),
  'k3s list': file(k3s, (s) => stringify({ 'etcd-arg': [`x=${s}`], 'kube-apiserver-arg': [`sas=${s}`] })),
  'k3s service': file('/etc/systemd/system/k3s.service', (s) =>
    started(`ExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--token' \\\n\t'${s.replaceAll("'", '')}' \\\n`),
  ),
  Environment: file(unit, (s) => started(`Environment="PWD1=${s.replaceAll('"', '')}" OTHER=x\nExecStart=/usr/bin/kube-apiserver --v=2`)),
  ExecStart: file(unit, (s) => started(`ExecStart=/usr/bin/kube-apiserver --v=2 "--sas=${s.replaceAll('"', '')}"`)),
  ExecStartPre: file(unit, (s) => started(`ExecStartPre=/bin/login '${s.replaceAll("'", '')}'\nExecStart=/usr/bin/kube-apiserver`)),
  'comment of a unit': file(unit, (s) => started(`# ${s}\nExecStart=/usr/bin/kube-apiserver`)),
  'another key': file(unit, (s) => started(`X-Note=${s}\nExecStart=/usr/bin/kube-apiserver`)),
  EnvironmentFile: file('/etc/sysconfig/kube-apiserver', (s) => `A=1\nDSN='${s.replaceAll("'", '')}'\n`),
  'EnvironmentFile of flags': file('/etc/default/kube-apiserver', (s) => `KUBE_API_ARGS="--v=2 --sas=${s.replaceAll(/["' ]/g, '')}"\n`),
  'arguments of MicroK8s': file('/var/snap/microk8s/current/args/kube-apiserver', (s) => `--v=2\n--sas=${s.replaceAll(/["' ]/g, '')}\n`),
  'OpenShift configuration': file('/etc/kubernetes/c.yaml', (s) =>
    stringify({ kind: 'KubeAPIServerConfig', apiServerArguments: { 'etcd-password': [s] }, oauth: { x: s } }),
  ),
  'kubeadm v1beta4': answered('/api/v1/namespaces/kube-system/configmaps/kubeadm-config', (s) => ({
    data: {
      ClusterConfiguration: stringify({
        kind: 'ClusterConfiguration',
        apiServer: { extraArgs: [{ name: 'sas', value: s }] },
        etcd: { x: s },
      }),
    },
  })),
  'kubeadm v1beta3': answered('/api/v1/namespaces/kube-system/configmaps/kubeadm-config', (s) => ({
    data: { ClusterConfiguration: stringify({ kind: 'ClusterConfiguration', apiServer: { extraArgs: { sas: s } } }), ClusterStatus: s },
  })),
  'authentication configuration': file('/etc/kubernetes/auth.yaml', (s) =>
    stringify({ kind: 'AuthenticationConfiguration', jwt: [{ issuer: { certificateAuthority: s } }] }),
  ),
  'a PEM file': file(
    '/etc/kubernetes/pki/ca.crt',
    (s) => `Bag Attributes: ${s}\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${s}\n`,
  ),
  hostname: file('/etc/hostname', (s) => `${s} x\n`),
  'a log': file('/var/log/pods/a/kube-apiserver/0.log', (s) => `2026-11-28T00:00:00Z stderr F I1128 note ${s}\n${s}\n`),
  'the log of a Pod': (s) => [
    { kind: 'api', method: 'GET', path: apiPath`/api/v1/namespaces/${'a'}/pods/${'b'}/log?container=${'c'}` },
    { status: 200, headers: {}, ms: 1, text: `note ${s}\n` },
  ],
  'a ConfigMap': answered('/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication', (s) => ({
    metadata: { annotations: { 'k8s.io/x': s } },
    binaryData: { x: s },
  })),
  'a Secret': answered('/api/v1/namespaces/a/secrets/b', (s) => ({ data: { 'tls.key': s, other: s }, stringData: { x: s } })),
  'an unknown path': answered('/apis/x.example.com/v1/namespaces/a/things/b', (s) => ({ kind: 'Thing', spec: { s } })),
  'an object behind an APIService': answered('/apis/x.example.com/v1/things/aggctl-probe', (s) => ({ kind: 'Thing', data: s })),
  discovery: answered('/apis/x.example.com/v1', (s) => ({ kind: 'APIResourceList', resources: [{ name: 'a', shortNames: [s] }], x: s })),
  'OpenAPI document': answered('/openapi/v3/apis/x.example.com/v1', (s) => ({ info: { title: s } })),
  'OpenAPI list': answered('/openapi/v3', (s) => ({ paths: { 'apis/a/v1': { serverRelativeURL: s } } })),
  'node annotations': answered('/api/v1/nodes?limit=1', (s) => ({
    items: [{ metadata: { annotations: { 'node.kubernetes.io/x': s } }, spec: { providerID: s }, status: { images: [s] } }],
  })),
  'managed fields': answered('/apis/apiregistration.k8s.io/v1/apiservices?limit=500', (s) => ({
    items: [
      { metadata: { name: 'a', managedFields: [{ manager: 'm', fieldsV1: { [`v:"${s}"`]: {}, 'f:spec': { [`k:{"x":"${s}"}`]: {} } } }] } },
    ],
  })),
  'a refusal of another form': answered('/version', (s) => ({ code: 1, debug: s, headers: [s] }), 500),
  flagz: answered('/flagz', (s) => ({ flags: { 'etcd-prefix': s } })),
  bindings: answered('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings?includeObject=None', (s) => ({
    columnDefinitions: [{ name: 'Name', description: s }],
    rows: [{ cells: ['a'], object: { x: s } }],
  })),
};

describe.each(Object.entries(places))('%s', (name, place) => {
  test.each(Object.entries(forms))('%s', (form, make) => {
    const before = planted.length;
    const [question, answer] = place(make(`${name} ${form}`));
    const own = planted.slice(before);
    expect(sing(Buffer.from(JSON.stringify(answer)), own)).not.toEqual([]);
    const kept = keeper()(question, answer);
    expect(sing(Buffer.from(JSON.stringify(kept)), own), JSON.stringify(kept)).toEqual([]);
    expect(keeper()(question, kept)).toEqual(kept);
  });
});

test.each([
  ['timestamps', (line: string) => `2026-11-28T00:00:00.000000000Z ${line}`],
  ['the prefix of the runtime', (line: string) => `2026-11-28T00:00:00.0Z stderr F ${line}`],
])('a key in a log whose beginning or end is outside of the tail, behind %s', (_, dressed) => {
  const lines = pem(rsa(`log ${dressed('')}`), 'pkcs8')
    .split('\n')
    .map(dressed);
  for (const part of [lines.slice(3), lines.slice(0, 9), lines.slice(3, 9)]) {
    const kept = keeper()({ kind: 'file', path: '/var/log/pods/a/kube-apiserver/0.log' }, { is: 'text', text: part.join('\n'), ...owned });
    expect(sing(Buffer.from(JSON.stringify(kept)))).toEqual([]);
  }
});
