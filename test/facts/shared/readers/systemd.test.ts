import { describe, expect, test } from 'vitest';
import { hostPathOf } from '../../../../src/facts/shared/read-manifest.ts';
import { foundOn, readNode } from '../../../support/node.ts';

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
    const { origin, at, flag, process } = await foundOn({
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
    const { mounts } = await foundOn({ [etc]: unit });
    expect(hostPathOf('/etc/kubernetes/ssl/ca.pem', mounts)).toBe('/etc/kubernetes/ssl/ca.pem');
  });

  test('the proxy of its environment, with the line that sets it', async () => {
    const { environment } = await foundOn({ [etc]: unit.replace('User=root', 'Environment="HTTPS_PROXY=http://proxy:3128"') });
    expect(environment).toEqual({ HTTPS_PROXY: { value: 'http://proxy:3128', at: { file: etc, line: 6 } } });
  });

  test('/etc goes before /usr/lib', async () => {
    const { flag } = await foundOn({ '/usr/lib/systemd/system/kube-apiserver.service': unit, [etc]: unit.replaceAll('/ssl/', '/tls/') });
    expect(flag(ca).value).toBe('/etc/kubernetes/tls/ca.pem');
  });

  test('drop-ins go in the order of their names, the last ExecStart holds, and of one name the one in /etc', async () => {
    const exec = (path: string) => `[Service]\nExecStart=\nExecStart=/usr/bin/kube-apiserver --${ca}=${path}\n`;
    const { flag, rounds } = await foundOn({
      [etc]: unit,
      [`${etc}.d/10-a.conf`]: exec('/ten'),
      [`${etc}.d/20-b.conf`]: exec('/twenty'),
      [`${etc}.d/30-c.conf.bak`]: exec('/thirty'),
      '/usr/lib/systemd/system/kube-apiserver.service.d/20-b.conf': exec('/masked'),
      '/usr/lib/systemd/system/kube-apiserver.service.d/15-x.conf': '[Service]\nLimitNOFILE=65536\n',
    });
    expect(flag(ca)).toMatchObject({ value: '/twenty', at: `${etc}.d/20-b.conf:3` });
    expect(rounds).toBeLessThanOrEqual(3);
  });

  // Fedora's and openSUSE's packages: /etc/kubernetes/apiserver with one variable for all of it.
  test.each([
    ['a word of its own', `$KUBE_API_ARGS`],
    ['beside other flags', `--v=1 $KUBE_API_ARGS`],
  ])('a variable of an environment file, as %s', async (_, words) => {
    const { at, flag } = await foundOn({
      [etc]: `[Service]\nEnvironmentFile=-/etc/kubernetes/apiserver\nExecStart=/usr/bin/kube-apiserver ${words}\n`,
      '/etc/kubernetes/apiserver': `# args\nKUBE_API_ARGS="--${names}=aggregator,front-proxy-client \\\n --${ca}=/pki/fp.crt"\n`,
    });
    expect(flag(names)).toMatchObject({ list: ['aggregator', 'front-proxy-client'], at: '/etc/kubernetes/apiserver:2' });
    expect(flag(ca)).toMatchObject({ value: '/pki/fp.crt', at: '/etc/kubernetes/apiserver:3' });
    expect(at).toMatchObject({ file: '/etc/kubernetes/apiserver' });
  });

  test('a value over several lines, in three quotes', async () => {
    const { flag } = await foundOn({
      [etc]: '[Service]\nEnvironmentFile=/etc/sysconfig/kube-apiserver\nExecStart=/usr/bin/kube-apiserver $KUBE_APISERVER_ARGS\n',
      '/etc/sysconfig/kube-apiserver': `KUBE_APISERVER_ARGS="""\n  --v=2\n  --${ca}=/pki/fp.crt\n"""\n`,
    });
    expect(flag(ca)).toMatchObject({ value: '/pki/fp.crt', at: '/etc/sysconfig/kube-apiserver:3' });
  });

  test('a variable within a word; one of Environment= under one of a file; one that is not set; a dollar sign', async () => {
    const { flag } = await foundOn({
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
    const { flag } = await foundOn({ [etc]: `[Service]\nExecStart=${command}\n` });
    expect(flag('v').value).toBe(value);
  });

  test.each([
    ['another user', 'User=998\nGroup=997\nSupplementaryGroups=44 45', { uid: 998, gids: [997, 44, 45] }],
    ['a user alone, whose groups cannot be looked up', 'User=998', { uid: 0, gids: [0] }],
    ['a user by name, who cannot be looked up', 'User=kube\nGroup=997', { uid: 0, gids: [0] }],
    ['a group by name', 'User=998\nGroup=kube', { uid: 0, gids: [0] }],
  ])('as %s', async (_, user, process) => {
    expect((await foundOn({ [etc]: `[Service]\n${user}\nExecStart=/usr/bin/kube-apiserver\n` })).process).toEqual(process);
  });

  test('secrets in a unit and its environment are taken out, and the flags stay', async () => {
    const secret = 'abcdef.0123456789abcdef';
    const { flag, heard } = await foundOn({
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
    expect(await readNode({ [etc]: text })).toMatchObject({ ok: false, why: 'malformed', message: expect.stringContaining(message) });
  });
});
