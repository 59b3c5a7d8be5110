/**
 * Why aggctl uses only the port-forward of client-node (README, Packages). A test that fails after an upgrade tells that a reason is gone:
 * then look at that module again.
 */
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js';
import { OpenIDConnectAuth } from '@kubernetes/client-node/dist/oidc_auth.js';
import { build } from 'esbuild';
import { afterEach, expect, test } from 'vitest';
import { closeAll, folder, tcp } from './servers.ts';

afterEach(closeAll);

const bundled = async (module: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '@kubernetes/client-node${module}'`, resolveDir: process.cwd() },
    write: false,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  return Math.round((outputFiles[0]?.contents.length ?? 0) / 1024);
};
test('its port-forward is small, its configuration is not', async () => {
  expect(await bundled('/dist/portforward.js')).toBeLessThan(100);
  expect(await bundled('/dist/config.js')).toBeGreaterThan(500);
});

test('its configuration merges no KUBECONFIG as kubectl does', async () => {
  const place = await folder();
  const config = (server: string) => JSON.stringify({ clusters: [{ name: 'c', cluster: { server } }] });
  await writeFile(path.join(place, 'a'), config('https://a'));
  await writeFile(path.join(place, 'b'), config('https://b'));
  const load = (...names: string[]) => {
    const before = process.env.KUBECONFIG;
    process.env.KUBECONFIG = names.map((name) => path.join(place, name)).join(path.delimiter);
    try {
      new KubeConfig().loadFromDefault();
    } finally {
      if (before === undefined) delete process.env.KUBECONFIG;
      else process.env.KUBECONFIG = before;
    }
  };
  expect(() => load('a', 'b')).toThrow('Duplicate cluster: c');
  expect(() => load('a', 'missing')).toThrow('ENOENT');
});
test('its configuration drops impersonated groups and uids', async () => {
  const user = { token: 't', as: 'jane', 'as-uid': '7', 'as-groups': ['ops'] };
  const config = new KubeConfig();
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  );
  const options: { headers?: object } = {};
  await config.applyToHTTPSOptions(options);
  expect(options.headers).toEqual({ 'Impersonate-User': 'jane', Authorization: 'Bearer t' });
});

const plugin = async (script: string): Promise<ReturnType<ExecAuth['getCredential']>> => {
  const command = path.join(await folder(), 'plugin');
  await writeFile(command, `#!/bin/sh\n${script}`);
  await chmod(command, 0o755);
  const exec = { command, apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' };
  // @ts-expect-error: its method is private
  return new ExecAuth().getCredential({ name: 'u', exec });
};
test('a credential plugin is not told what client-go tells it', async () => {
  const told = await plugin('printf \'{"status": {"token": "told: %s"}}\' "$KUBERNETES_EXEC_INFO"');
  expect(told?.status.token).toBe('told: ');
});
test('what a plugin prints is not bounded', async () => {
  const told = await plugin('printf \'{"status": {"token": "\'; head -c 5000000 /dev/zero | tr "\\0" x; printf \'"}}\'');
  expect(told?.status.token).toHaveLength(5_000_000);
});
test('what a plugin says of its failure is the error, with any token in it', async () => {
  await expect(plugin('echo secret-token >&2; exit 1')).rejects.toThrow('secret-token');
});
test('an expired id-token is never renewed: no request reaches the issuer', async () => {
  let connections = 0;
  const port = await tcp((socket) => {
    connections += 1;
    socket.destroy();
  });
  const token = `e30.${Buffer.from('{"exp":1600000000}').toString('base64url')}.e30`;
  const config = { 'id-token': token, 'refresh-token': 'r', 'client-id': 'c', 'idp-issuer-url': `https://127.0.0.1:${port}` };
  // @ts-expect-error: its method is private
  const renewing = new OpenIDConnectAuth().getToken({ name: 'u', authProvider: { name: 'oidc', config } });
  await expect(renewing).rejects.toThrow('"server" must be an instance of URL');
  expect(connections).toBe(0);
});
