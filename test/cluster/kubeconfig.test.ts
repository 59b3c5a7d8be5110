import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/cluster/connect.ts';
import { parseTimeout } from '../../src/cluster/duration.ts';
import { loadKubeconfigs, parseKubeconfig } from '../../src/cluster/kubeconfig.ts';
import type { ClientOptions } from '../../src/cluster/settings.ts';
import { closeAll, folder } from './servers.ts';

let dir: string;
beforeAll(async () => {
  dir = await folder();
  await mkdir(path.join(dir, 'one'));
  await mkdir(path.join(dir, 'etc/kubernetes'), { recursive: true });
  await mkdir(path.join(dir, 'home/.kube'), { recursive: true });
  await mkdir(path.join(dir, 'sa'));
  await writeFile(path.join(dir, 'one/config'), ONE);
  await writeFile(path.join(dir, 'two'), TWO);
  await writeFile(path.join(dir, 'adrift'), TWO.replace(/^current-context.*$/m, ''));
  await writeFile(path.join(dir, 'home/.kube/config'), ONE.replaceAll('one', 'home'));
  await writeFile(path.join(dir, 'etc/kubernetes/admin.conf'), ONE.replaceAll('one', 'admin').replace('""', 'admin'));
  await writeFile(path.join(dir, 'sa/token'), 'sa-token');
});
afterAll(closeAll);

const ONE = `
clusters:
- {name: shared, cluster: {server: "https://one:6443", certificate-authority: pki/ca.crt}}
users:
- name: u
  user: {client-certificate: u.crt, client-key: /abs/u.key, exec: {command: ./plugin, apiVersion: client.authentication.k8s.io/v1}}
- {name: bare, user: {exec: {command: plugin, env: null, args: null}}}
contexts: [{name: one, context: {cluster: shared, user: u, namespace: ns}}]
current-context: ""
`;
const TWO = `
clusters:
- {name: shared, cluster: {server: "https://two:6443", insecure-skip-tls-verify: true, tls-server-name: two}}
- {name: second, cluster: {server: "https://second:6443"}}
users: [{name: u, user: {token: two}}, {name: v, user: {token: v}}]
contexts:
- {name: one, context: {cluster: second, user: v}}
- {name: two, context: {cluster: shared, user: v}}
- {name: dangling, context: {cluster: gone, user: v}}
current-context: two
`;

describe('merging', () => {
  test('the first file wins an entry as a whole, and the first current-context that is set counts', async () => {
    const config = await loadKubeconfigs([path.join(dir, 'missing'), path.join(dir, 'one/config'), '', path.join(dir, 'two')]);
    if (!config.ok) throw new Error(config.problem);
    const { clusters, users, contexts, currentContext, files } = config.value;
    expect(clusters.get('shared')?.value).toEqual({
      server: 'https://one:6443',
      'certificate-authority': path.join(dir, 'one/pki/ca.crt'),
    });
    expect(clusters.get('second')?.value.server).toBe('https://second:6443');
    expect(contexts.get('one')?.value).toEqual({ cluster: 'shared', user: 'u', namespace: 'ns' });
    expect(currentContext).toBe('two');
    expect(users.get('u')?.value.token).toBeUndefined();
    expect(files).toEqual([path.join(dir, 'one/config'), path.join(dir, 'two')]);
  });

  test('relative paths are those of the file, a bare command is left to PATH', async () => {
    const config = await loadKubeconfigs([path.join(dir, 'one/config')]);
    if (!config.ok) throw new Error(config.problem);
    const user = config.value.users.get('u')?.value;
    expect(user?.['client-certificate']).toBe(path.join(dir, 'one/u.crt'));
    expect(user?.['client-key']).toBe('/abs/u.key');
    expect(user?.exec?.command).toBe(path.join(dir, 'one/plugin'));
    expect(config.value.users.get('bare')?.value.exec?.command).toBe('plugin');
  });

  test.each([
    ['clusters: [', /`f` is not a kubeconfig: .*line 1/],
    ['- a', /is not a YAML mapping/],
    ['clusters: {}', /`clusters` is not a list/],
    ['users: [{user: {}}]', /^An entry of `users` in the kubeconfig `f` has no name/],
    ['users: [{name: a, user: {}}, {name: a, user: {}}]', /defines the user `a` twice/],
    ['users: [{name: a, user: {token: 123}}]', /`users\[a\].token` in the kubeconfig `f` has the wrong type/],
    ['users: [{name: a, user: {as-user-extra: {x: y}}}]', /`users\[a\].as-user-extra` .* has the wrong type/],
    ['users: [{name: a, user: {as-groups: [1]}}]', /`users\[a\].as-groups` .* has the wrong type/],
    ['users: [{name: a, user: {exec: {command: x, args: y}}}]', /`users\[a\].exec` .* has the wrong type/],
    ['users: [{name: a, user: {exec: {command: x, env: [{name: a}]}}}]', /`users\[a\].exec` .* has the wrong type/],
    ['clusters: [{name: a, cluster: {extensions: [1]}}]', /`clusters\[a\].extensions` .* has the wrong type/],
    [
      `a: &a [x]\n${'b: [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n'.repeat(1)}c: &c [*a,*a,*a]\nd: &d [*c,*c,*c]\ne: &e [*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e]\n`,
      /its aliases multiply/,
    ],
    ['['.repeat(10_000), /it is nested more than 100 levels deep/],
    [`a: ${'x'.repeat(1024 * 1024)}`, /it is longer than 1024 KiB/],
  ])('%s is refused', (text, problem) => {
    const config = parseKubeconfig(text, 'f');
    expect(config.ok ? '' : config.problem).toMatch(problem);
  });

  test('anchors, aliases and merge keys are read as kubectl reads them', () => {
    const text = 'x: &x {server: "https://a"}\nclusters: [{name: a, cluster: {<<: *x, tls-server-name: b}}, {name: c, cluster: *x}]';
    const read = parseKubeconfig(text, 'f');
    const clusters = read.ok ? [...read.value.clusters].map(([name, { value }]) => [name, value]) : read.problem;
    expect(clusters).toEqual([
      ['a', { server: 'https://a', 'tls-server-name': 'b' }],
      ['c', { server: 'https://a' }],
    ]);
  });
  test('what `kubectl config` leaves of an empty file is an empty configuration', () => {
    const config = parseKubeconfig('apiVersion: v1\nclusters: null\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n', 'f');
    expect(config.ok && config.value.clusters.size).toBe(0);
  });
});

describe('choosing', () => {
  const choose = async (options: ClientOptions, env: Record<string, string> = {}, root = '/nonexistent') => {
    const result = await connect(options, { env, root, serviceAccount: path.join(dir, 'sa') });
    if (!result.ok) return result.problem;
    return result.value && `${result.value.context}|${result.value.server.origin}|${result.value.userName}|${result.value.from}`;
  };
  const at = (name: string) => path.join(dir, name);
  const POD = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
  const inPod = 'in-cluster|https://[fd00::1]|the ServiceAccount of this Pod|the ServiceAccount of this Pod';

  test('--kubeconfig, then KUBECONFIG, then ~/.kube/config, then admin.conf under the root, then the Pod, then nothing', async () => {
    const env = { KUBECONFIG: `${at('missing')}:${at('two')}`, HOME: at('home'), ...POD };
    expect(await choose({ kubeconfig: at('one/config'), context: 'one' }, env)).toBe(`one|https://one:6443|u|${at('one/config')}`);
    expect(await choose({}, env)).toBe(`two|https://two:6443|v|${at('two')}`);
    expect(await choose({ context: 'home' }, { HOME: at('home'), ...POD })).toBe(`home|https://home:6443|u|${at('home/.kube/config')}`);
    const admin = `admin|https://admin:6443|u|${at('etc/kubernetes/admin.conf')}`;
    expect(await choose({}, { HOME: dir }, dir)).toBe(admin);
    expect(await choose({}, { HOME: dir, ...POD }, dir)).toBe(admin);
    expect(await choose({}, { HOME: dir, ...POD })).toBe(inPod);
    expect(await choose({}, { HOME: dir })).toBeNull();
  });

  test.each(['etc/rancher/k3s/k3s.yaml', 'etc/rancher/rke2/rke2.yaml', 'var/snap/microk8s/current/credentials/client.config'])(
    "the administrator's of other distributions: %s",
    async (file) => {
      const root = await folder();
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), ONE.replaceAll('one', 'admin'));
      expect(await choose({ context: 'admin' }, { HOME: dir }, root)).toBe(`admin|https://admin:6443|u|${path.join(root, file)}`);
    },
  );

  test('an admin.conf that a symbolic link leads out of the root is not used', async () => {
    const root = await folder();
    await mkdir(path.join(root, 'etc/kubernetes'), { recursive: true });
    await symlink(at('two'), path.join(root, 'etc/kubernetes/admin.conf'));
    expect(await choose({}, { HOME: dir }, root)).toBeNull();
  });

  test('an admin.conf that cannot be read leaves the Pod its ServiceAccount', async () => {
    const root = await folder();
    await mkdir(path.join(root, 'etc/kubernetes/admin.conf'), { recursive: true });
    expect(await choose({}, { HOME: dir, ...POD }, root)).toBe(inPod);
  });

  test('in a Pod, a kubeconfig that names no server gives way to the ServiceAccount, not to admin.conf', async () => {
    expect(await choose({}, { KUBECONFIG: at('missing'), ...POD }, dir)).toBe(inPod);
    expect(await choose({}, { KUBECONFIG: at('adrift'), ...POD }, dir)).toBe(inPod);
  });

  test.each<[ClientOptions, Record<string, string>, RegExp | string]>([
    [{ kubeconfig: '/nope' }, {}, 'The kubeconfig `/nope` does not exist.'],
    [{}, { KUBECONFIG: '/nope:/nada' }, 'KUBECONFIG names no existing file: `/nope:/nada`.'],
    [{ context: 'no' }, { KUBECONFIG: 'TWO' }, /^The context `no` is not in `.*two`: it has `one`, `two`, `dangling`\.$/],
    [{ context: 'dangling' }, { KUBECONFIG: 'TWO' }, /^The cluster `gone` is referenced but not in .*: it has `shared`, `second`\.$/],
    [{ user: 'no' }, { KUBECONFIG: 'TWO' }, /^The user `no` is not in/],
    [{ kubeconfig: 'ADRIFT' }, {}, /adrift` has no current-context: choose one with --context \(`one`, `two`, `dangling`\)\.$/],
    [{ token: 't' }, { HOME: '/nonexistent' }, /^`--token` needs an API server, and there is no kubeconfig/],
    [{ asGroup: ['g'], server: 'https://h' }, {}, /^Impersonating a group, UID or extra requires a user: add --as\.$/],
    [{ server: 'https://h', clientCertificate: 'c' }, {}, /without its key: add --client-key\.$/],
    [{ server: 'https://h', insecureSkipTlsVerify: true, certificateAuthority: 'x' }, {}, /cannot be used together/],
    [{ server: 'https://a:b@h' }, {}, /contains credentials/],
    [{ server: 'ftp://h' }, {}, /^The server `ftp:\/\/h` .* is not a URL/],
    [{ server: 'http://h', token: 't' }, {}, /^`--token` is not sent to `http:\/\/h`/],
    [{ server: 'https://h', requestTimeout: '-1s' }, {}, /^`--request-timeout -1s` is not a duration/],
    [{ server: 'https://h' }, { HTTPS_PROXY: 'socks5://p:1' }, /^The proxy `socks5:\/\/p:1` in `HTTPS_PROXY` cannot be used/],
    [{ server: 'http://h' }, { HTTP_PROXY: 'p:1' }, /uses plain HTTP, which aggctl does not send through a proxy/],
  ])('%j with %j is wrong usage', async (options, env, problem) => {
    const place = (text: string) => text.replace('TWO', at('two')).replace('ADRIFT', at('adrift'));
    const replaced = (record: object) =>
      Object.fromEntries(Object.entries(record).map(([k, v]) => [k, typeof v === 'string' ? place(v) : v]));
    expect(await choose(replaced(options), replaced(env))).toMatch(problem);
  });

  test('flags replace what they name, its twin, and what contradicts it', async () => {
    const result = await connect(
      {
        kubeconfig: at('two'),
        server: 'https://other:1',
        certificateAuthority: '/ca.crt',
        token: 't',
        as: 'bob',
        asGroup: ['g', 'h'],
        asUid: '7',
        namespace: 'n',
      },
      { env: {}, root: '/nonexistent' },
    );
    expect(result.ok && result.value).toMatchObject({
      cluster: { server: 'https://other:1', 'certificate-authority': '/ca.crt' },
      user: { token: 't', as: 'bob', 'as-groups': ['g', 'h'], 'as-uid': '7' },
      namespace: 'n',
    });
    expect(result.ok && Object.keys(result.value?.cluster ?? {}).sort()).toEqual(['certificate-authority', 'server']);
  });

  test.each([
    [{ server: 'h:1' }, 'http://h:1'],
    [{ server: 'h:1', insecureSkipTlsVerify: true }, 'https://h:1'],
    [{ server: '10.0.0.1:6443', certificateAuthority: 'ca.crt' }, 'https://10.0.0.1:6443'],
    [{ server: '[::1]:6443', certificateAuthority: 'ca.crt' }, 'https://[::1]:6443'],
  ])('%j is %s', async (options, url) => {
    expect(await choose(options)).toBe(`|${url}||--server`);
  });
});

test.each([
  ['0', 0],
  ['5', 5000],
  ['30s', 30_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
  ['', null],
  ['-1', null],
  ['5 s', null],
  ['s', null],
])('--request-timeout %s', (text, ms) => {
  expect(parseTimeout(text)).toBe(ms);
});
