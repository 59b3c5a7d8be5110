/** Each way in which kube-apiserver is started, read from texts as its makers write them. */
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { readFlags } from '../../src/facts/flags.ts';
import { hostPathOf } from '../../src/facts/manifest.ts';
import { readHere } from '../../src/facts/readers/index.ts';
import type { Ask } from '../../src/model.ts';
import { nodeOf } from '../support/node.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** What is read of a node with these files; of flags their value and place. */
async function read(files: Readonly<Record<string, string>>) {
  const { ask, folder } = await nodeOf(files);
  folders.push(folder);
  const waves = new Set<number>();
  const answers: string[] = [];
  const heard: Ask = async (question) => {
    const answer = await ask(question);
    answers.push(JSON.stringify(answer));
    return answer;
  };
  const manifest = await readHere((wave) => {
    waves.add(wave);
    return heard;
  });
  if (!manifest.ok) return manifest;
  const { origin, at, process, mounts, arguments: words } = manifest.value;
  const byName = readFlags(words);
  const flag = (name: string) => {
    const { value, list, at: place } = byName[name] ?? { value: null, list: [], at: { file: '' } };
    return { value, list, at: 'file' in place ? `${place.file}:${place.line}` : 'probe' in place ? place.probe : '' };
  };
  return { ok: true as const, origin, at, process, mounts, flag, waves: waves.size, heard: answers.join('\n') };
}
async function found(files: Readonly<Record<string, string>>) {
  const here = await read(files);
  if (!here.ok) throw new Error(here.message);
  return here;
}
const etc = '/etc/systemd/system/kube-apiserver.service';
const ca = 'requestheader-client-ca-file';
const names = 'requestheader-allowed-names';

describe('a service of systemd', () => {
  // The layout of github.com/lijunyong/kubernetes-1.16, kube-apiserver.md.
  const unit = `[Unit]
Description=Kubernetes API Server
After=network.target

[Service]
User=root
ExecStart=/usr/local/bin/kube-apiserver \\
  --advertise-address=172.20.0.113 \\
  # --client-ca-file=/etc/kubernetes/ssl/old.pem \\
  --client-ca-file=/etc/kubernetes/ssl/ca.pem \\
  --requestheader-client-ca-file=/etc/kubernetes/ssl/ca.pem \\
  --proxy-client-cert-file=/etc/kubernetes/ssl/metrics-server.pem \\
  --requestheader-allowed-names="kubernetes" \\
  --v=2
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

  test('the command over several lines, each flag with its own', async () => {
    const { origin, at, flag, process } = await found({
      '/usr/lib/systemd/system/kube-apiserver.service': unit,
      '/etc/hostname': 'cp-1\n',
    });
    expect({ origin, at, process }).toEqual({
      origin: 'systemd unit',
      at: { file: '/usr/lib/systemd/system/kube-apiserver.service', line: 8, node: 'cp-1' },
      process: { uid: 0, gids: [0] },
    });
    expect(flag('client-ca-file')).toMatchObject({ value: '/etc/kubernetes/ssl/ca.pem', at: expect.stringMatching(/:10$/) });
    expect(flag(names)).toMatchObject({ list: ['kubernetes'], at: expect.stringMatching(/:13$/) });
    expect(flag('v').value).toBe('2');
  });

  test('the flags name files of the node itself', async () => {
    const { mounts } = await found({ [etc]: unit });
    expect(hostPathOf('/etc/kubernetes/ssl/ca.pem', mounts)).toBe('/etc/kubernetes/ssl/ca.pem');
  });

  test('/etc goes before /usr/lib', async () => {
    const { flag } = await found({ '/usr/lib/systemd/system/kube-apiserver.service': unit, [etc]: unit.replaceAll('/ssl/', '/tls/') });
    expect(flag(ca).value).toBe('/etc/kubernetes/tls/ca.pem');
  });

  test('drop-ins go in the order of their names, the last ExecStart holds, and of one name the one in /etc', async () => {
    const exec = (path: string) => `[Service]\nExecStart=\nExecStart=/usr/bin/kube-apiserver --${ca}=${path}\n`;
    const { flag, waves } = await found({
      [etc]: unit,
      [`${etc}.d/10-a.conf`]: exec('/ten'),
      [`${etc}.d/20-b.conf`]: exec('/twenty'),
      [`${etc}.d/30-c.conf.bak`]: exec('/thirty'),
      '/usr/lib/systemd/system/kube-apiserver.service.d/20-b.conf': exec('/masked'),
      '/usr/lib/systemd/system/kube-apiserver.service.d/15-x.conf': '[Service]\nLimitNOFILE=65536\n',
    });
    expect(flag(ca)).toMatchObject({ value: '/twenty', at: `${etc}.d/20-b.conf:3` });
    expect(waves).toBeLessThanOrEqual(3);
  });

  // Fedora's and openSUSE's packages: /etc/kubernetes/apiserver with one variable for all of it.
  test.each([
    ['a word of its own', `$KUBE_API_ARGS`],
    ['beside other flags', `--v=1 $KUBE_API_ARGS`],
  ])('a variable of an environment file, as %s', async (_, words) => {
    const { at, flag } = await found({
      [etc]: `[Service]\nEnvironmentFile=-/etc/kubernetes/apiserver\nExecStart=/usr/bin/kube-apiserver ${words}\n`,
      '/etc/kubernetes/apiserver': `# args\nKUBE_API_ARGS="--${names}=aggregator,front-proxy-client \\\n --${ca}=/pki/fp.crt"\n`,
    });
    expect(flag(names)).toMatchObject({ list: ['aggregator', 'front-proxy-client'], at: '/etc/kubernetes/apiserver:2' });
    expect(flag(ca)).toMatchObject({ value: '/pki/fp.crt', at: '/etc/kubernetes/apiserver:3' });
    expect(at).toMatchObject({ file: '/etc/kubernetes/apiserver' });
  });

  test('a value over several lines, in three quotes', async () => {
    const { flag } = await found({
      [etc]: '[Service]\nEnvironmentFile=/etc/sysconfig/kube-apiserver\nExecStart=/usr/bin/kube-apiserver $KUBE_APISERVER_ARGS\n',
      '/etc/sysconfig/kube-apiserver': `KUBE_APISERVER_ARGS="""\n  --v=2\n  --${ca}=/pki/fp.crt\n"""\n`,
    });
    expect(flag(ca)).toMatchObject({ value: '/pki/fp.crt', at: '/etc/sysconfig/kube-apiserver:3' });
  });

  test('a variable within a word; one of Environment= under one of a file; one that is not set; a dollar sign', async () => {
    const { flag } = await found({
      [etc]: `[Service]
Environment="PKI=/unit" "CN=a b" NODE=\${HOST}
EnvironmentFile=/etc/env
ExecStart=/usr/bin/kube-apiserver --${ca}=\${PKI}/fp.crt --${names}=\${CN} --client-ca-file=\${NONE} --issuer=a$$b $NOTHING
`,
      '/etc/env': "export=1\nPKI='/file'\n",
    });
    expect(flag(ca)).toMatchObject({ value: '/file/fp.crt', at: `${etc}:4` });
    expect(flag(names).list).toEqual(['a b']);
    expect([flag('client-ca-file').value, flag('issuer').value]).toEqual(['', 'a$b']);
  });

  test.each([
    ['prefixes and a wrapper', '-@/usr/bin/env kube-apiserver --v=3', '3'],
    ['a shell', `/bin/sh -c "exec /usr/bin/kube-apiserver --v=4 2>&1 | logger"`, '4'],
    ['hyperkube', '/usr/bin/hyperkube kube-apiserver --v=5', '5'],
  ])('behind %s', async (_, command, value) => {
    const { flag } = await found({ [etc]: `[Service]\nExecStart=${command}\n` });
    expect(flag('v').value).toBe(value);
  });

  test.each([
    ['another user', 'User=998\nGroup=997\nSupplementaryGroups=44 45', { uid: 998, gids: [997, 44, 45] }],
    ['a user alone, whose groups cannot be looked up', 'User=998', { uid: 0, gids: [0] }],
    ['a user by name, who cannot be looked up', 'User=kube\nGroup=997', { uid: 0, gids: [0] }],
    ['a group by name', 'User=998\nGroup=kube', { uid: 0, gids: [0] }],
  ])('as %s', async (_, user, process) => {
    expect((await found({ [etc]: `[Service]\n${user}\nExecStart=/usr/bin/kube-apiserver\n` })).process).toEqual(process);
  });

  test('secrets in a unit and its environment are taken out, and the flags stay', async () => {
    const secret = 'abcdef.0123456789abcdef';
    const { flag, heard } = await found({
      [etc]: `[Service]\nEnvironment="BOOTSTRAP_TOKEN=${secret}"\nEnvironmentFile=/etc/env\nExecStart=/usr/bin/kube-apiserver --token-auth-file=/etc/token.csv --${ca}=/pki/fp.crt $MORE\n`,
      '/etc/env': `ETCD_PASSWORD=hunter2\nMORE="--${names}=a --etcd-servers=https://u:hunter2@etcd:2379"\n`,
    });
    expect([flag(ca).value, flag(names).list, flag('token-auth-file').value]).toEqual(['/pki/fp.crt', ['a'], '/etc/token.csv']);
    expect(heard).not.toMatch(/hunter2|0123456789abcdef/);
  });

  test.each([
    ['a script', '[Service]\nExecStart=/opt/start-apiserver.sh\n', `${etc} starts /opt/start-apiserver.sh, which is not kube-apiserver`],
    ['no command', '[Service]\nRestart=always\n', `${etc} has no ExecStart`],
    ['an environment file that is not there', '[Service]\nEnvironmentFile=/etc/env\nExecStart=/usr/bin/kube-apiserver\n', '/etc/env'],
  ])('%s is said, and no flag is invented', async (_, text, message) => {
    expect(await read({ [etc]: text })).toMatchObject({ ok: false, why: 'malformed', message: expect.stringContaining(message) });
  });
});

// The flags of canonical/microk8s, microk8s-resources/default-args/kube-apiserver.
test('MicroK8s: a file of arguments with the variables of snapd', async () => {
  const file = '/var/snap/microk8s/current/args/kube-apiserver';
  const { origin, at, flag } = await found({
    [file]: `--client-ca-file=\${SNAP_DATA}/certs/ca.crt
--etcd-servers="unix://\${SNAP_DATA}/var/kubernetes/backend/kine.sock:12379"

# Enable the aggregation layer
--requestheader-client-ca-file=\${SNAP_DATA}/certs/front-proxy-ca.crt
--requestheader-allowed-names='front-proxy-client'
`,
  });
  expect({ origin, at }).toEqual({ origin: 'arguments file', at: { file } });
  expect(flag(ca)).toMatchObject({ value: '/var/snap/microk8s/current/certs/front-proxy-ca.crt', at: `${file}:5` });
  expect(flag(names).list).toEqual(['front-proxy-client']);
  expect(flag('etcd-servers').value).toBe('unix:///var/snap/microk8s/current/var/kubernetes/backend/kine.sock:12379');
});

describe('k3s', () => {
  const tls = '/var/lib/rancher/k3s/server/tls';
  const config = '/etc/rancher/k3s/config.yaml';
  const server = { [`${tls}/request-header-ca.crt`]: 'x' };

  test('its own flags, where nothing changes them', async () => {
    const { origin, at, flag } = await found(server);
    expect({ origin, at }).toEqual({ origin: 'k3s configuration', at: { probe: "k3s's own defaults" } });
    expect(flag('proxy-client-cert-file').value).toBe(`${tls}/client-auth-proxy.crt`);
    expect(flag(names)).toEqual({ value: 'system:auth-proxy', list: ['system:auth-proxy'], at: "k3s's own defaults" });
  });

  test.each([
    ['replaces', `kube-apiserver-arg: ${names}=a\n`, ['a'], 1],
    ['replaces, a list', `token: t0p\nkube-apiserver-arg:\n  - v=2\n  - --${names}=a\n  - "${names}=b"\n`, ['a', 'b'], 5],
    ['adds behind', `kube-apiserver-arg: ["${names}+=a"]\n`, ['system:auth-proxy', 'a'], 1],
    ['adds before', `kube-apiserver-arg: ["${names}-=a"]\n`, ['a', 'system:auth-proxy'], 1],
  ])('an argument in its configuration %s', async (_, text, list, line) => {
    const { flag, at } = await found({ ...server, [config]: text });
    expect(flag(names).list).toEqual(list);
    expect(at).toMatchObject({ file: config, line });
  });

  test('a later file replaces the list, or adds to it; the command line replaces all of it', async () => {
    const files = {
      ...server,
      [config]: 'kube-apiserver-arg: [v=1]\n',
      [`${config}.d/10.yaml`]: `kube-apiserver-arg: [${names}=a]\n`,
      [`${config}.d/20.yaml`]: `kube-apiserver-arg+: [${ca}=/b]\n`,
      [`${config}.d/30.txt`]: `kube-apiserver-arg: [${names}=never]\n`,
    };
    const { flag } = await found(files);
    expect([flag('v').value, flag(names).value, flag(ca).value]).toEqual([null, 'a', '/b']);
    // The unit that k3s-io/k3s, install.sh writes: one word a line, in single quotes.
    const service = `[Service]\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--kube-apiserver-arg' \\\n\t'${names}=c' \\\n\n`;
    const commanded = await found({ ...files, '/etc/systemd/system/k3s.service': service });
    expect(commanded.flag(names)).toMatchObject({ value: 'c' });
    expect(commanded.flag(ca).value).toBe(`${tls}/request-header-ca.crt`);
    expect(commanded.at).toMatchObject({ file: '/etc/systemd/system/k3s.service' });
  });

  test('another data folder', async () => {
    const { flag } = await found({ ...server, [config]: 'data-dir: /data/k3s\n' });
    expect(flag(ca).value).toBe('/data/k3s/server/tls/request-header-ca.crt');
  });

  test('an agent runs no kube-apiserver', async () => {
    expect(await read({ [config]: 'server: https://x:6443\n', '/var/lib/rancher/k3s/agent/client-ca.crt': 'x' })).toMatchObject({
      ok: false,
      why: 'excluded',
    });
  });
});

describe('OpenShift', () => {
  const manifest = '/etc/kubernetes/manifests/kube-apiserver-pod.yaml';
  const config = '/etc/kubernetes/static-pod-resources/kube-apiserver-pod-7/configmaps/config/config.yaml';
  // The shape of openshift/cluster-kube-apiserver-operator, bindata/assets/kube-apiserver/pod.yaml.
  const pod = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"kube-apiserver","namespace":"openshift-kube-apiserver"},"spec":{"containers":[
    {"name":"kube-apiserver","command":["/bin/bash","-ec"],"args":["LOCK=/var/log/kube-apiserver/.lock\\nexec {LOCK_FD}>\${LOCK} && flock -w 30 \\"\${LOCK_FD}\\" || {\\n  echo \\"Failed to acquire lock for kube-apiserver. See above\\"\\n  exit 1\\n}\\nexec watch-termination --termination-log-file=/var/log/kube-apiserver/termination.log -- hyperkube kube-apiserver --openshift-config=/etc/kubernetes/static-pod-resources/configmaps/config/config.yaml --advertise-address=\${HOST_IP} -v=2 --permit-address-sharing\\n"],
     "volumeMounts":[{"name":"resource-dir","mountPath":"/etc/kubernetes/static-pod-resources"},{"name":"cert-dir","mountPath":"/etc/kubernetes/static-pod-certs"}]},
    {"name":"kube-apiserver-cert-syncer","command":["cluster-kube-apiserver-operator","cert-syncer"]}],
    "volumes":[{"name":"resource-dir","hostPath":{"path":"/etc/kubernetes/static-pod-resources/kube-apiserver-pod-7"}},{"name":"cert-dir","hostPath":{"path":"/etc/kubernetes/static-pod-resources/kube-apiserver-certs"}}]}}`;
  const names3 = ['kube-apiserver-proxy', 'system:kube-apiserver-proxy', 'system:openshift-aggregator'];

  test('the flags are in a configuration, which the manifest names', async () => {
    const { origin, at, flag, mounts } = await found({
      [manifest]: pod,
      [config]: `apiVersion: kubecontrolplane.config.openshift.io/v1
kind: KubeAPIServerConfig
apiServerArguments:
  enable-aggregator-routing: ["true"]
  proxy-client-cert-file:
    - /etc/kubernetes/static-pod-certs/secrets/aggregator-client/tls.crt
  requestheader-allowed-names:
${names3.map((name) => `    - ${name}\n`).join('')}`,
    });
    expect({ origin, at }).toEqual({ origin: 'OpenShift configuration', at: { file: config } });
    expect(flag(names).list).toEqual(names3);
    expect(flag('enable-aggregator-routing').value).toBe('true');
    expect(flag('advertise-address').value).toMatch(/HOST_IP/);
    expect(flag('proxy-client-cert-file').at).toBe(`${config}:6`);
    expect(hostPathOf(String(flag('proxy-client-cert-file').value), mounts)).toBe(
      '/etc/kubernetes/static-pod-resources/kube-apiserver-certs/secrets/aggregator-client/tls.crt',
    );
  });

  test('without it nothing is said of flags', async () => {
    expect(await read({ [manifest]: pod })).toMatchObject({ ok: false, message: expect.stringMatching(/snapshot/) });
    expect(await read({ [manifest]: pod, [config]: 'kind: KubeAPIServerConfig\n' })).toMatchObject({
      ok: false,
      why: 'malformed',
      message: expect.stringContaining('holds no apiServerArguments'),
    });
  });
});

describe('static pods of other makes', () => {
  test('kOps: `.manifest`, args behind go-runner, a second container', async () => {
    const { origin, flag } = await found({
      '/etc/kubernetes/manifests/kube-apiserver.manifest': `apiVersion: v1
kind: Pod
metadata: { labels: { k8s-app: kube-apiserver }, name: kube-apiserver, namespace: kube-system }
spec:
  containers:
  - args:
    - --log-file=/var/log/kube-apiserver.log
    - --also-stdout
    - /usr/local/bin/kube-apiserver
    - --proxy-client-cert-file=/srv/kubernetes/kube-apiserver/apiserver-aggregator.crt
    - --requestheader-allowed-names=aggregator
    command:
    - /go-runner
    name: kube-apiserver
  - args: [--client-cert=/secrets/client.crt]
    name: healthcheck
`,
    });
    expect(origin).toBe('manifest');
    expect([flag(names).value, flag('also-stdout').value, flag('client-cert').value]).toEqual(['aggregator', null, null]);
  });

  test('kube-log-runner before it, as GKE and others have it', async () => {
    const { flag } = await found({
      '/etc/kubernetes/manifests/kube-apiserver.manifest':
        'kind: Pod\nspec:\n  containers:\n  - command: [/bin/kube-log-runner, -redirect-stderr=false, -log-file=/x, /usr/local/bin/kube-apiserver]\n    args: [--v=2]\n',
    });
    expect([flag('v').value, flag('redirect-stderr').value]).toEqual(['2', null]);
  });

  // rancher/rke2, pkg/staticpod/staticpod.go: each file that a flag names is a volume of its own, of type File.
  test('RKE2: files mounted one by one', async () => {
    const tls = '/var/lib/rancher/rke2/server/tls';
    const { flag, mounts } = await found({
      '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml': `kind: Pod
spec:
  containers:
  - command: [kube-apiserver, --${ca}=${tls}/request-header-ca.crt]
    volumeMounts: [{ mountPath: ${tls}/request-header-ca.crt, name: file0, readOnly: true }]
  volumes: [{ name: file0, hostPath: { path: ${tls}/request-header-ca.crt, type: File } }]
`,
    });
    expect(hostPathOf(String(flag(ca).value), mounts)).toBe(`${tls}/request-header-ca.crt`);
  });
});

test('a node without any: where it would be', async () => {
  expect(await read({ '/etc/hostname': 'worker\n' })).toMatchObject({
    ok: false,
    why: 'excluded',
    message: expect.stringContaining('sudo aggctl doctor'),
  });
});
