/** Candidates of an unfinished command line: by the protocol, as the scripts and kubectl read it. */
import { chmod, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { demos } from '../../src/commands/open-source.ts';
import { complete } from '../../src/completion/index.ts';
// Loaded before the time of the first completion runs.
import '../../src/facts/apiservice/apiservice.ts';
import '../../src/sources/live.ts';
import '../../src/sources/snapshot.ts';
import { program } from '../../src/program.ts';
import { formatNames } from '../../src/render/formats.ts';
import { api, closeAll, folder, kubeconfig, tcp, trusting } from '../cluster/servers.ts';

afterEach(closeAll);

const nothing = async () => {};
const root = () =>
  program('aggctl', { conclude: nothing, show: nothing, print: nothing, surroundings: () => ({}) as never, terminal: false });
const signal = new AbortController().signal;
/** The values, and the directive. */
const told = async (typed: readonly string[], env: Record<string, string> = {}) => {
  const text = await complete(root(), typed, { env: { HOME: '/nonexistent', ...env }, signal });
  const lines = text.split('\n');
  expect(lines.at(-1)).toBe('');
  return { values: lines.slice(0, -2).map((line) => line.split('\t')[0]), directive: lines.at(-2) };
};
// record-node is for the Pods of --nodes.
const commands = root()
  .commands.map((command) => command.name())
  .filter((name) => name !== 'record-node');
const topics = [...commands, 'environment'];
const long = (name: string) =>
  root()
    .commands.find((command) => command.name() === name)
    ?.options.map((option) => option.long);
const ids = checks.map(({ id }) => id);

describe('what follows from the definitions', () => {
  test.each<[readonly string[], readonly (string | undefined)[], string]>([
    [[''], commands, ':4'],
    [['doc'], commands, ':4'],
    [['help', ''], topics, ':4'],
    [['help', 'doctor', ''], [], ':4'],
    [['-'], ['--version', '--help'], ':4'],
    [['nosuch', ''], [], ':4'],
    [[], commands, ':4'],
    [['doctor', ''], [], ':4'],
    [['doctor', '-'], [...(long('doctor') ?? []), '--help'], ':4'],
    [['doctor', '--', '-'], [], ':4'],
    [['checks', '--'], [...(long('checks') ?? []), '--help'], ':4'],
    [['doctor', '-o', ''], formatNames('report', 'clusters'), ':4'],
    [['doctor', '--suppressions', ''], [], ':0'],
    [['doctor', '--output=y'], formatNames('report'), ':4'],
    [['check-apiservice', '--output', ''], formatNames('list', 'report'), ':4'],
    [['doctor', '--color', ''], ['auto', 'always', 'never'], ':4'],
    [['doctor', '--fail-on', ''], ['error', 'warning', 'info', 'never'], ':4'],
    [['deploy-sample', '--dry-run', ''], ['client', 'server'], ':4'],
    [['deploy-sample', '--namespace', ''], [], ':4'],
    [['completion', ''], ['bash', 'zsh', 'fish', 'powershell'], ':4'],
    [['completion', 'bash', ''], [], ':4'],
    [['doctor', '--demo', ''], demos, ':4'],
    [['doctor', '--demo=', ''], [], ':4'],
    [['doctor', '--demo', '-'], [...(long('doctor') ?? []), '--help'], ':4'],
    [['explain', ''], ids, ':4'],
    [['explain', 'x', ''], ids, ':4'],
    [['diff', 'x', ''], [], ':0'],
    [['diff', 'x', 'y', ''], [], ':4'],
    [['doctor', '--skip', 'fr'], ids, ':4'],
    [['doctor', '--check', 'a,b,c'], ids.map((id) => `a,b,${id}`), ':4'],
    [['doctor', '--check=a,'], ids.map((id) => `a,${id}`), ':4'],
    [['doctor', '--nosuch='], [], ':4'],
    [['doctor', '--at', ''], [], ':4'],
    [['snapshot', ''], [], ':0'],
    [['lint', ''], [], ':0'],
    [['lint', 'a.yaml', 'b'], [], ':0'],
    [['lint', '-o', ''], formatNames('report'), ':4'],
    [['doctor', '--snapshot', 'some'], [], ':0'],
    [['doctor', '--kubeconfig='], [], ':0'],
    [['doctor', '-o', 'json=rep'], [], ':0'],
    [['doctor', '--output=json='], [], ':0'],
    [['doctor', '--output', 'json'], formatNames('report'), ':4'],
    [['checks', '--sort-by', ''], ['check', 'severity', 'scope', 'healthy-when'], ':4'],
    [['doctor', '--root', ''], [], ':16'],
    // A value that the option rejects.
    [['check-apiservice', '-o', 'xml', ''], [], ':4'],
  ])('%j', async (typed, values, directive) => {
    expect(await told(typed)).toEqual({ values, directive });
  });

  test('commands, options and checks are described, on one line', async () => {
    const text = await complete(root(), [''], { env: {}, signal });
    expect(text).toContain('doctor\tfind what is wrong with the aggregation layer, root cause first\n');
    for (const line of (await complete(root(), ['explain', ''], { env: {}, signal })).split('\n').slice(0, -2))
      expect(line).toMatch(/^[a-z0-9-]+\t\S[^\t]*$/);
  });

  test('there is a script for each shell', async () => {
    const { values } = await told(['completion', '']);
    expect(await readdir('completion')).toEqual(values.map((shell) => `aggctl.${shell}`).sort());
  });
});

describe('the kubeconfig', () => {
  test.each(['context', 'cluster', 'user'])('has values for --%s', async (kind) => {
    const file = await kubeconfig({ server: 'https://127.0.0.1:1' });
    const name = { context: 'x', cluster: 'c', user: 'u' }[kind];
    expect(await told(['doctor', `--${kind}`, ''], { KUBECONFIG: file })).toEqual({ values: [name], directive: ':4' });
    expect(await told(['doctor', '--kubeconfig', file, `--${kind}`, ''])).toEqual({ values: [name], directive: ':4' });
    expect(await told(['doctor', `--kubeconfig=${file}`, `--${kind}=`])).toEqual({ values: [name], directive: ':4' });
  });
  test('has values for --contexts, after a comma, too', async () => {
    const env = { KUBECONFIG: await kubeconfig({ server: 'https://127.0.0.1:1' }) };
    expect(await told(['doctor', '--contexts', ''], env)).toEqual({ values: ['x'], directive: ':4' });
    expect(await told(['doctor', '--contexts', 'a,b,'], env)).toEqual({ values: ['a,b,x'], directive: ':4' });
    expect(await told(['doctor', '--contexts=a,'], env)).toEqual({ values: ['a,x'], directive: ':4' });
  });
  test('a name that is more than one line, or an order to the terminal, is none', async () => {
    const file = path.join(await folder(), 'config');
    const names = ['good', 'a\nb', ':0', '\u001b[2J', "it's $(here)", 'a\tb', ''];
    await writeFile(file, JSON.stringify({ contexts: names.map((name) => ({ name, context: {} })) }));
    expect(await told(['doctor', '--context', ''], { KUBECONFIG: file })).toEqual({
      values: ['good', ':0', "it's $(here)"],
      directive: ':4',
    });
  });
  test.each(['{', 'contexts: 3', '- a'])('%j has none', async (text) => {
    const file = path.join(await folder(), 'config');
    await writeFile(file, text);
    expect(await told(['doctor', '--context', ''], { KUBECONFIG: file })).toEqual({ values: [], directive: ':4' });
  });
});

const registered = (name: string, service?: object) => ({ metadata: { name }, spec: { service } });
const apiServices = {
  kind: 'APIServiceList',
  items: [
    registered('v1.apps'),
    registered('v1beta1.metrics.k8s.io', { namespace: 'kube-system', name: 'metrics-server' }),
    registered('v1.a.example', { namespace: 'a', name: 'b' }),
  ],
};
describe('APIServices', () => {
  const server = async (answer: unknown = apiServices) => api((_, response) => response.end(JSON.stringify(answer)));

  test('are those of the cluster that a Service serves, without those on the line', async () => {
    const { url, seen } = await server();
    const file = await kubeconfig(trusting(url));
    const expected = { values: ['v1beta1.metrics.k8s.io', 'v1.a.example'], directive: ':4' };
    expect(await told(['check-apiservice', ''], { KUBECONFIG: file })).toEqual(expected);
    expect(await told(['check-apiservice', '--as', 'jane', '--context', 'x', 'v1.a.example', ''], { KUBECONFIG: file })).toEqual({
      ...expected,
      values: ['v1beta1.metrics.k8s.io'],
    });
    expect(seen.map((one) => [one.url, one.headers['impersonate-user']])).toEqual([
      ['/apis/apiregistration.k8s.io/v1/apiservices?limit=500', undefined],
      ['/apis/apiregistration.k8s.io/v1/apiservices?limit=500', 'jane'],
    ]);
    expect(await complete(root(), ['check-apiservice', ''], { env: { KUBECONFIG: file }, signal })).toContain(
      'v1beta1.metrics.k8s.io\tkube-system/metrics-server\n',
    );
  });

  test('are those of the demo on the line', async () => {
    const { values } = await told(['check-apiservice', '--demo', 'healthy', '']);
    expect(values).toContain('v1alpha1.wardle.example.com');
    expect((await told(['check-apiservice', '--demo', 'nosuch', ''])).values).toEqual([]);
  });

  test('nothing is recorded and no Pod is created, whatever the line says', async () => {
    const file = path.join(await folder(), 'new.jsonl');
    const { url, seen } = await server();
    const typed = ['check-apiservice', '--nodes', '--yes', '--record', file, ''];
    expect((await told(typed, { KUBECONFIG: await kubeconfig(trusting(url)) })).values).toHaveLength(2);
    expect(await readdir(path.dirname(file))).toEqual([]);
    expect(seen).toHaveLength(1);
  });

  test.each<[string, unknown]>([
    ['no list', {}],
    ['a list of anything', { items: [null, 3, { metadata: { name: 5 } }, { spec: { service: {} } }] }],
    ['no object', 'x'],
  ])('are none in %s', async (_, answer) => {
    const { url } = await server(answer);
    expect(await told(['check-apiservice', ''], { KUBECONFIG: await kubeconfig(trusting(url)) })).toEqual({ values: [], directive: ':4' });
  });

  test('are none without a kubeconfig, without a server, and with one that is silent', async () => {
    const none = { values: [], directive: ':4' };
    expect(await told(['check-apiservice', ''])).toEqual(none);
    expect(await told(['check-apiservice', ''], { KUBECONFIG: await kubeconfig({ server: 'https://127.0.0.1:1' }) })).toEqual(none);
    const port = await tcp(() => {});
    const started = performance.now();
    expect(await told(['check-apiservice', ''], { KUBECONFIG: await kubeconfig({ server: `https://127.0.0.1:${port}` }) })).toEqual(none);
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  describe('for a user with a credential plugin', () => {
    const plugin = async (interactiveMode: string, body = '') => {
      const command = path.join(await folder(), 'plugin');
      const status = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 't' } };
      await writeFile(command, `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >'${command}.info'\n${body}\necho '${JSON.stringify(status)}'\n`);
      await chmod(command, 0o755);
      const { url } = await server();
      const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode };
      const ran = () => readdir(path.dirname(command)).then((names) => names.includes('plugin.info'));
      return { KUBECONFIG: await kubeconfig(trusting(url), { exec }), PATH: '/usr/bin:/bin', ran };
    };
    test.each(['Never', 'IfAvailable'])('%s: it runs without a terminal', async (mode) => {
      const { ran, ...env } = await plugin(mode, '[ -t 0 ] && exit 1; cat');
      expect((await told(['check-apiservice', ''], env)).values).toHaveLength(2);
      expect(await ran()).toBe(true);
    });
    test('Always: it does not run', async () => {
      const { ran, ...env } = await plugin('Always');
      expect((await told(['check-apiservice', ''], env)).values).toEqual([]);
      expect(await ran()).toBe(false);
    });
    test('it ends with the time', async () => {
      const { ran: _, ...env } = await plugin('Never', 'sleep 60');
      const started = performance.now();
      expect((await told(['check-apiservice', ''], env)).values).toEqual([]);
      expect(performance.now() - started).toBeLessThan(4_000);
    });
  });

  test('for a user with an expired OIDC token no token is renewed', async () => {
    let asked = 0;
    const issuer = await tcp((socket) => {
      asked += 1;
      socket.destroy();
    });
    const token = `e30.${Buffer.from('{"exp":1600000000}').toString('base64url')}.e30`;
    const config = { 'id-token': token, 'refresh-token': 'r', 'client-id': 'c', 'idp-issuer-url': `https://127.0.0.1:${issuer}` };
    const { url } = await server();
    const file = await kubeconfig(trusting(url), { 'auth-provider': { name: 'oidc', config } });
    expect((await told(['check-apiservice', ''], { KUBECONFIG: file })).values).toEqual([]);
    expect(asked).toBe(0);
  });
});
