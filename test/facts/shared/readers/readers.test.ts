/** Each way in which kube-apiserver is started, read from texts as its makers write them; systemd has a file of its own. */
import { describe, expect, test } from 'vitest';
import { hostPathOf } from '../../../../src/facts/shared/read-manifest.ts';
import { foundOn, readNode } from '../../../support/node.ts';

const ca = 'requestheader-client-ca-file';
const names = 'requestheader-allowed-names';

// The flags of canonical/microk8s, microk8s-resources/default-args/kube-apiserver.
test('MicroK8s: a file of arguments with the variables of snapd', async () => {
  const file = '/var/snap/microk8s/current/args/kube-apiserver';
  const { origin, at, flag } = await foundOn({
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

test('MicroK8s: the proxy of the environment that snapd gives its services', async () => {
  const { environment } = await foundOn({
    '/var/snap/microk8s/current/args/kube-apiserver': '--v=2\n',
    '/etc/environment': 'PATH="/bin"\nHTTPS_PROXY=http://proxy:3128\n',
  });
  expect(environment.HTTPS_PROXY).toEqual({ value: 'http://proxy:3128', at: { file: '/etc/environment', line: 2 } });
});

describe('k0s', () => {
  const config = '/etc/k0s/k0s.yaml';
  const service = '/etc/systemd/system/k0scontroller.service';
  const unit = (words: string) => `[Service]\nExecStart=/usr/local/bin/k0s ${words}\n`;
  const egress = 'egress-selector-config-file';

  test('its own flags, where nothing changes them', async () => {
    const { origin, at, flag } = await foundOn({ [service]: unit('controller') });
    expect({ origin, at }).toEqual({ origin: 'k0s configuration', at: { probe: "k0s's own defaults" } });
    expect(flag(ca)).toMatchObject({ value: '/var/lib/k0s/pki/front-proxy-ca.crt', at: "k0s's own defaults" });
    expect(flag(egress).value).toBe(null);
  });
  test('an argument in the configuration that its unit names takes the place of its own', async () => {
    const text = `kind: ClusterConfig\nspec:\n  api:\n    extraArgs:\n      ${names}: a\n`;
    const files = {
      [service]: unit('controller --config=/etc/k0s/other.yaml --data-dir /data'),
      '/etc/k0s/other.yaml': text,
      [config]: 'x: y\n',
    };
    const { flag, at } = await foundOn(files);
    expect(flag(names)).toMatchObject({ list: ['a'], at: '/etc/k0s/other.yaml:5' });
    expect(at).toMatchObject({ file: '/etc/k0s/other.yaml', line: 5 });
    expect(flag(ca).value).toBe('/data/pki/front-proxy-ca.crt');
  });
  test('without a unit, by the CA that controllers alone have; the tunnel, by its file', async () => {
    const files = { '/var/lib/k0s/pki/front-proxy-ca.crt': 'x', '/var/lib/k0s/konnectivity.conf': 'x' };
    expect((await foundOn(files)).flag(egress).value).toBe('/var/lib/k0s/konnectivity.conf');
  });
  test('a worker has no kube-apiserver', async () => {
    expect((await readNode({ [service]: unit('worker'), '/var/lib/k0s/pki/ca.crt': 'x' })).ok).toBe(false);
  });
});

test('MicroShift: its own flags', async () => {
  const { origin, at, flag } = await foundOn({ '/var/lib/microshift/certs/aggregator-signer/ca.crt': 'x' });
  expect({ origin, at }).toEqual({ origin: 'MicroShift configuration', at: { probe: "MicroShift's own flags" } });
  expect(flag(ca).value).toBe('/var/lib/microshift/certs/aggregator-signer/ca.crt');
  expect(flag(names).list).toContain('system:openshift-aggregator');
});

describe('RKE1', () => {
  const node = { '/etc/kubernetes/ssl/kube-apiserver-proxy-client.pem': 'x' };
  const record = (id: string, name: string, args: readonly string[]) => ({
    [`/var/lib/docker/containers/${id}/config.v2.json`]: JSON.stringify({ Name: name, Path: '/opt/rke-tools/entrypoint.sh', Args: args }),
  });

  test("its own flags, where Docker's record is not visible", async () => {
    const { origin, at, flag } = await foundOn(node);
    expect({ origin, at }).toEqual({ origin: 'RKE container', at: { probe: "RKE's own defaults" } });
    expect(flag(names).list).toEqual(['kube-apiserver-proxy-client']);
  });
  test("the words in Docker's record of the container, and of no other", async () => {
    const { at, flag } = await foundOn({
      ...node,
      ...record('aa', '/kubelet', ['kubelet', `--${names}=no`]),
      ...record('bb', '/kube-apiserver', ['kube-apiserver', `--${names}=a`, `--${ca}=/b`]),
      '/var/lib/docker/containers/cc/config.v2.json': 'nonsense',
    });
    expect([flag(names).value, flag(ca).value, flag('proxy-client-cert-file').value]).toEqual(['a', '/b', null]);
    expect(at).toMatchObject({ file: '/var/lib/docker/containers/bb/config.v2.json' });
  });
  test('a worker, or a node of kubeasz, has no container of it', async () => {
    for (const name of ['kube-node.pem', 'aggregator-proxy.pem'])
      expect((await readNode({ [`/etc/kubernetes/ssl/${name}`]: 'x' })).ok).toBe(false);
  });
});

describe('k3s', () => {
  const tls = '/var/lib/rancher/k3s/server/tls';
  const config = '/etc/rancher/k3s/config.yaml';
  const server = { [`${tls}/request-header-ca.crt`]: 'x' };

  test('its own flags, where nothing changes them', async () => {
    const { origin, at, flag } = await foundOn(server);
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
    const { flag, at } = await foundOn({ ...server, [config]: text });
    expect(flag(names).list).toEqual(list);
    expect(at).toMatchObject({ file: config, line });
  });

  test.each([
    ['by itself', '', 'true'],
    ['with agents alone', 'egress-selector-mode: agent\n', 'true'],
    ['without a tunnel', 'egress-selector-mode: disabled\n', null],
    ['without a tunnel, but so configured', `egress-selector-mode: disabled\nkube-apiserver-arg: enable-aggregator-routing=true\n`, 'true'],
    ['as configured', 'kube-apiserver-arg: enable-aggregator-routing=false\n', 'false'],
  ])('kube-apiserver dials the pods %s', async (_, text, value) => {
    expect((await foundOn({ ...server, [config]: text })).flag('enable-aggregator-routing').value).toBe(value);
  });

  test('a later file replaces the list, or adds to it; the command line replaces all of it', async () => {
    const files = {
      ...server,
      [config]: 'kube-apiserver-arg: [v=1]\n',
      [`${config}.d/10.yaml`]: `kube-apiserver-arg: [${names}=a]\n`,
      [`${config}.d/20.yaml`]: `kube-apiserver-arg+: [${ca}=/b]\n`,
      [`${config}.d/30.txt`]: `kube-apiserver-arg: [${names}=never]\n`,
    };
    const { flag } = await foundOn(files);
    expect([flag('v').value, flag(names).value, flag(ca).value]).toEqual([null, 'a', '/b']);
    // The unit that k3s-io/k3s, install.sh writes: one word a line, in single quotes.
    const service = `[Service]\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--kube-apiserver-arg' \\\n\t'${names}=c' \\\n\n`;
    const commanded = await foundOn({ ...files, '/etc/systemd/system/k3s.service': service });
    expect(commanded.flag(names)).toMatchObject({ value: 'c' });
    expect(commanded.flag(ca).value).toBe(`${tls}/request-header-ca.crt`);
    expect(commanded.at).toMatchObject({ file: '/etc/systemd/system/k3s.service' });
  });

  test('another data folder', async () => {
    const { flag } = await foundOn({ ...server, [config]: 'data-dir: /data/k3s\n' });
    expect(flag(ca).value).toBe('/data/k3s/server/tls/request-header-ca.crt');
  });

  test('an agent runs no kube-apiserver', async () => {
    expect(await readNode({ [config]: 'server: https://x:6443\n', '/var/lib/rancher/k3s/agent/client-ca.crt': 'x' })).toMatchObject({
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
    const { origin, at, flag, mounts } = await foundOn({
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
    expect(await readNode({ [manifest]: pod })).toMatchObject({ ok: false, message: expect.stringMatching(/snapshot/) });
    expect(await readNode({ [manifest]: pod, [config]: 'kind: KubeAPIServerConfig\n' })).toMatchObject({
      ok: false,
      why: 'malformed',
      message: expect.stringContaining('holds no apiServerArguments'),
    });
  });
});

describe('static pods of other makes', () => {
  test('kOps: `.manifest`, args behind go-runner, a second container', async () => {
    const { origin, flag } = await foundOn({
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
    const { flag } = await foundOn({
      '/etc/kubernetes/manifests/kube-apiserver.manifest':
        'kind: Pod\nspec:\n  containers:\n  - command: [/bin/kube-log-runner, -redirect-stderr=false, -log-file=/x, /usr/local/bin/kube-apiserver]\n    args: [--v=2]\n',
    });
    expect([flag('v').value, flag('redirect-stderr').value]).toEqual(['2', null]);
  });

  // rancher/rke2, pkg/staticpod/staticpod.go: each file that a flag names is a volume of its own, of type File.
  test('RKE2: files mounted one by one', async () => {
    const tls = '/var/lib/rancher/rke2/server/tls';
    const { flag, mounts } = await foundOn({
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
  expect(await readNode({ '/etc/hostname': 'worker\n' })).toMatchObject({
    ok: false,
    why: 'excluded',
    message: expect.stringContaining('sudo aggctl doctor'),
  });
});

describe('a file that is not UTF-8 is not taken for one that is missing', () => {
  const latin1 = Buffer.from('# Größe\n', 'latin1');
  const k3s = { '/etc/systemd/system/k3s.service': '[Service]\nExecStart=/usr/local/bin/k3s server\n' };
  const systemd = '/etc/systemd/system/kube-apiserver.service';
  test.each<[string, Readonly<Record<string, string | Buffer>>]>([
    ['/etc/kubernetes/manifests/kube-apiserver.yaml', {}],
    ['/etc/rancher/k3s/config.yaml', k3s],
    ['/etc/rancher/k3s/config.yaml.d/a.yaml', k3s],
    ['/var/snap/microk8s/current/args/kube-apiserver', {}],
    [systemd, {}],
    [`${systemd}.d/a.conf`, { [systemd]: '[Service]\nExecStart=/usr/bin/kube-apiserver --v=2\n' }],
  ])('%s', async (path, files) => {
    expect(await readNode({ ...files, [path]: latin1 })).toMatchObject({
      ok: false,
      why: 'malformed',
      message: `${path} is not text in UTF-8: save it as UTF-8`,
    });
    expect(await readNode({ ...files, [path]: latin1.toString() })).not.toMatchObject({ message: expect.stringContaining('UTF-8') });
  });
});
