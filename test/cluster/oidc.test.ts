/** Renewing an OIDC id-token: an issuer on loopback that speaks discovery and RFC 6749, section 6, with TLS of its own CA. */
import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import type http from 'node:http';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { withTokens } from '../../src/cluster/kubeconfig-tokens.ts';
import { client, type Send } from '../../src/cluster/request.ts';
import { redactText } from '../../src/sources/redact.ts';
import { api, base64, ca, closeAll, connected, connectProxy, folder, kubeconfig, serving, trusting } from './servers.ts';

afterEach(closeAll);

const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');
const EXPIRED = jwt({ exp: 1_600_000_000 });
const VALID = jwt({ exp: 4_000_000_000 });
const issuerCa = ca('issuer');

interface Issuer {
  readonly url: string;
  /** What the token endpoint received. */
  readonly grants: { readonly form: Record<string, string>; readonly authorization: string | undefined }[];
}
type Answer = (form: Record<string, string>, nth: number) => { readonly status?: number; readonly body: unknown };

/** Its refresh token is `first`, unless `answer` says otherwise. */
async function issuer(answer: Answer = () => ({ body: { id_token: VALID } }), metadata: object = {}): Promise<Issuer> {
  const grants: Issuer['grants'] = [];
  const json = (response: http.ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
  const server = await api(
    async (request, response) => {
      const own = `https://${request.headers.host}`;
      if (request.url === '/realms/a/.well-known/openid-configuration')
        return json(response, 200, { issuer: `${own}/realms/a`, token_endpoint: `${own}/token`, ...metadata });
      if (request.url !== '/token' || request.method !== 'POST') return json(response, 404, {});
      let text = '';
      for await (const part of request) text += part;
      const form = Object.fromEntries(new URLSearchParams(text));
      grants.push({ form, authorization: request.headers.authorization });
      const { status = 200, body } = answer(form, grants.length);
      json(response, status, body);
    },
    { certificate: serving({ issuer: issuerCa }) },
  );
  return { url: `${server.url}/realms/a`, grants };
}

const provider = (url: string, more: Record<string, string> = {}) => ({
  'auth-provider': {
    name: 'oidc',
    config: {
      'client-id': 'kubernetes',
      'id-token': EXPIRED,
      'idp-certificate-authority-data': base64(issuerCa.pem),
      'idp-issuer-url': url,
      'refresh-token': 'first',
      ...more,
    },
  },
});
/** kube-apiserver, which repeats the token that it got. */
const echo = async () => trusting((await api((request, response) => response.end(request.headers.authorization))).url);
const GET = { method: 'GET', path: '/version' };
const said = async (send: Send) => {
  const answer = await send(GET);
  return answer.ok ? answer.value.text : `${answer.expired ?? answer.why}: ${answer.message}`;
};
const ask = async (user: object, env: Record<string, string> = {}) => {
  const file = await kubeconfig(await echo(), user);
  const before = await readFile(file, 'utf8');
  const answer = await said(client(await connected({ kubeconfig: file }, env)));
  return { answer, written: (await readFile(file, 'utf8')) === before ? null : JSON.parse(await readFile(file, 'utf8')), file };
};
const config = (written: { users: [{ user: ReturnType<typeof provider> }] } | null) => written?.users[0].user['auth-provider'].config;

describe('an expired id-token', () => {
  test('is renewed with the refresh token, and nothing is written while that remains valid', async () => {
    const { url, grants } = await issuer();
    expect(await ask(provider(url))).toMatchObject({ answer: `Bearer ${VALID}`, written: null });
    expect(grants).toEqual([
      { form: { grant_type: 'refresh_token', refresh_token: 'first', client_id: 'kubernetes' }, authorization: undefined },
    ]);
  });

  test('once for all requests', async () => {
    const { url, grants } = await issuer();
    const send = client(await connected({ kubeconfig: await kubeconfig(await echo(), provider(url)) }));
    expect(await Promise.all([said(send), said(send), said(send)])).toEqual(Array(3).fill(`Bearer ${VALID}`));
    expect(grants).toHaveLength(1);
  });

  test('with the refresh token that replaced the old one, which is saved', async () => {
    const { url } = await issuer(() => ({ body: { id_token: VALID, refresh_token: 'se"cond' } }));
    const { answer, written, file } = await ask(provider(`${url}/`));
    expect(answer).toBe(`Bearer ${VALID}`);
    expect(config(written)).toEqual(config({ users: [{ user: provider(`${url}/`, { 'id-token': VALID, 'refresh-token': 'se"cond' }) }] }));
    expect(await readdir(path.dirname(file))).toEqual(['config']);
  });

  test('of two contexts of one user one after the other: each refresh token is accepted only once', async () => {
    const spent = new Set<string>();
    const { url, grants } = await issuer(({ refresh_token: token = '' }) => {
      if (spent.has(token)) return { status: 400, body: { error: 'invalid_grant' } };
      spent.add(token);
      return { body: { id_token: VALID, refresh_token: `after ${token}` } };
    });
    const file = await kubeconfig(await echo(), provider(url));
    const [one, other] = await Promise.all([connected({ kubeconfig: file }), connected({ kubeconfig: file })]);
    expect(await Promise.all([said(client(one)), said(client(other))])).toEqual(Array(2).fill(`Bearer ${VALID}`));
    expect(grants).toHaveLength(1);
  });

  test('is read again from the file, where kubectl may have renewed it', async () => {
    const { url, grants } = await issuer();
    const file = await kubeconfig(await echo(), provider(url));
    const send = client(await connected({ kubeconfig: file }));
    await writeFile(file, (await readFile(file, 'utf8')).replace(EXPIRED, VALID));
    expect(await said(send)).toBe(`Bearer ${VALID}`);
    expect(grants).toEqual([]);
  });

  test.each<[string, object, string | undefined]>([
    ['Basic, by default', {}, `Basic ${base64('kubernetes:a%2Bb+c')}`],
    [
      'Basic, where it is accepted',
      { token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'] },
      `Basic ${base64('kubernetes:a%2Bb+c')}`,
    ],
    ['the form, where only that is accepted', { token_endpoint_auth_methods_supported: ['client_secret_post'] }, undefined],
  ])('sends the client secret by %s', async (_, metadata, authorization) => {
    const { url, grants } = await issuer(undefined, metadata);
    expect((await ask(provider(url, { 'client-secret': 'a+b c' }))).answer).toBe(`Bearer ${VALID}`);
    expect(grants[0]?.authorization).toBe(authorization);
    expect(grants[0]?.form.client_secret).toBe(authorization ? undefined : 'a+b c');
  });

  test('through the proxy of the environment', async () => {
    const { url } = await issuer();
    const proxy = await connectProxy();
    const cluster = { ...(await echo()), 'proxy-url': `http://127.0.0.1:${proxy.port}` };
    const file = await kubeconfig(cluster, provider(url.replace('127.0.0.1', 'issuer.example')));
    const connection = await connected({ kubeconfig: file }, { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    // The certificate is for another name: what counts is that the proxy was asked.
    expect(await said(client(connection))).toMatch(
      /^client: .*The serving certificate of `https:\/\/issuer\.example:\d+` fails verification/,
    );
    expect(proxy.asked.map((one) => one.url)).toEqual([new URL(url.replace('127.0.0.1', 'issuer.example')).host]);
  });
});

describe('cannot be renewed', () => {
  const stale = /^client: The OIDC id-token of user `u` \(\/.*\) expired on 2020-09-13 12:26 UTC and cannot be renewed\. /;
  test.each<[string, Answer, RegExp]>([
    [
      'rejected',
      () => ({ status: 400, body: { error: 'invalid_grant' } }),
      /The issuer `https:.*` rejects the refresh token \(invalid_grant\)\. Log in again\.$/,
    ],
    ['a client that is rejected', () => ({ status: 401, body: { error: 'invalid_client' } }), /\(invalid_client\)/],
    [
      'an error that is no code',
      () => ({ status: 400, body: { error: '\u001b[2Jrm -rf' } }),
      /rejects the refresh token\. Log in again\.$/,
    ],
    ['no id-token', () => ({ body: { access_token: 'a' } }), /returned no id-token\. Log in again with the scope `openid`\.$/],
    [
      'an id-token that has expired',
      () => ({ body: { id_token: EXPIRED } }),
      /The new one has expired, too: check the clock of this machine\.$/,
    ],
    ['no JSON', () => ({ body: '<html>' }), /`https:.*\/token` answered 200, without what an issuer returns: check `idp-issuer-url`\.$/],
    ['a list', () => ({ body: [] }), /answered 200, without what an issuer returns/],
    ['a server error', () => ({ status: 503, body: {} }), /answered 503/],
    ['a redirect', () => ({ status: 307, body: {} }), /answered 307/],
  ])('%s', async (_, answer, message) => {
    const told = await ask(provider((await issuer(answer)).url));
    expect(told.answer).toMatch(stale);
    expect(told.answer).toMatch(message);
    expect(redactText(told.answer)).toBe(told.answer);
    expect(told.written).toBeNull();
  });

  test.each<[string, (url: string) => Record<string, string>, RegExp]>([
    ['no refresh token', () => ({ 'refresh-token': '' }), /There is no refresh token\. Log in again\.$/],
    ['no client id', () => ({ 'client-id': '' }), /needs `client-id` and `idp-issuer-url`: add them\.$/],
    ['an issuer over plain HTTP', (url) => ({ 'idp-issuer-url': url.replace('https', 'http') }), /is not an https:\/\/ URL: correct it\.$/],
    ['a password in the URL', (url) => ({ 'idp-issuer-url': url.replace('//', '//me:pass@') }), /is not an https:\/\/ URL: correct it\.$/],
    ['not a URL', () => ({ 'idp-issuer-url': 'accounts' }), /is not an https:\/\/ URL: correct it\.$/],
    [
      'nothing there',
      (url) => ({ 'idp-issuer-url': `${url}/other` }),
      /\/realms\/a\/other\/.well-known\/openid-configuration` answered 404/,
    ],
    ['nobody listens', () => ({ 'idp-issuer-url': 'https://127.0.0.1:1' }), /`https:\/\/127\.0\.0\.1:1` refused the connection/],
    [
      'another CA',
      () => ({ 'idp-certificate-authority-data': base64(ca('other').pem) }),
      /The serving certificate of `https:.*` fails verification \(/,
    ],
    ['the CA is not one', () => ({ 'idp-certificate-authority-data': base64('no PEM') }), /fails verification|not a certificate/],
    [
      'the CA is not there',
      () => ({ 'idp-certificate-authority-data': '', 'idp-certificate-authority': '/nope' }),
      /Cannot read the CA of the issuer `\/nope`/,
    ],
  ])('%s', async (_, more, message) => {
    const { url, grants } = await issuer();
    const told = await ask(provider(url, more(url)));
    expect(told.answer).toMatch(stale);
    expect(told.answer).toMatch(message);
    expect(redactText(told.answer)).toBe(told.answer);
    expect(told.answer).not.toContain('pass');
    expect(grants).toEqual([]);
  });

  test('without an id-token there is no date', async () => {
    expect((await ask(provider('https://127.0.0.1:1', { 'id-token': '' }))).answer).toMatch(
      /^denied: There is no OIDC id-token of user `u` \(.*\)\. `https:\/\/127\.0\.0\.1:1` refused/,
    );
  });

  test('the issuer names a token endpoint over plain HTTP', async () => {
    const { url, grants } = await issuer(undefined, { token_endpoint: 'http://127.0.0.1:1/token' });
    expect((await ask(provider(url))).answer).toMatch(
      /The issuer `https:.*` names no https:\/\/ token endpoint: check `idp-issuer-url`\.$/,
    );
    expect(grants).toEqual([]);
  });

  test('the issuer does not answer in time', async () => {
    const silent = await api(() => {}, { certificate: serving({ issuer: issuerCa }) });
    const connection = await connected({ kubeconfig: await kubeconfig(await echo(), provider(silent.url)), requestTimeout: '1s' });
    expect(await said(client(connection))).toMatch(/cannot be renewed\. `https:.*` gave no answer in time\.$/);
  });

  test.each(['a.b.c', 'garbage', '', `${EXPIRED}.${EXPIRED}`, `${VALID}\r\nx: y`, jwt([1]), 'é.é.é'].filter(Boolean))(
    '%j is not a JWT',
    async (token) => {
      const { url, grants } = await issuer();
      expect((await ask(provider(url, { 'id-token': token }))).answer).toMatch(
        /^denied: The OIDC id-token of user `u` \(.*\) is not a JWT: log in again\.$/,
      );
      expect(grants).toEqual([]);
    },
  );
});

describe('the refresh token is not spent when a new one could not be saved', () => {
  test('another process holds the lock', async () => {
    const { url, grants } = await issuer();
    const file = await kubeconfig(await echo(), provider(url));
    await writeFile(`${file}.lock`, '');
    expect(await said(client(await connected({ kubeconfig: file })))).toMatch(
      /A new refresh token could not be saved: `.*config\.lock` exists; remove it if no kubectl is running\.$/,
    );
    expect(grants).toEqual([]);
  });

  test('the token is not written out in the file', async () => {
    const { url, grants } = await issuer();
    const file = path.join(await folder(), 'config');
    const { 'auth-provider': settings } = provider(url);
    const text = `clusters: [{name: c, cluster: ${JSON.stringify(await echo())}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
users:
- name: other
  user: {token: &t first}
- name: u
  user: {auth-provider: {name: oidc, config: {${Object.entries({ ...settings.config, 'refresh-token': '' })
    .map(([key, value]) => `${key}: ${key === 'refresh-token' ? '*t' : JSON.stringify(value)}`)
    .join(', ')}}}}
`;
    await writeFile(file, text);
    expect(await said(client(await connected({ kubeconfig: file })))).toMatch(
      /could not be saved: `.*config` does not spell out the tokens of user `u`\.$/,
    );
    expect(grants).toEqual([]);
  });
});

describe('what is written', () => {
  const block = `# mine
users:
- name: other
  user:
    token: keep
- name: u
  user:
    auth-provider:
      config:
        refresh-token: 'old'   # do not share
        client-id: k
        id-token: plain.old.token
      name: oidc
`;
  const tokens = { 'id-token': 'new.id', 'refresh-token': "it's: #new" };
  test('only the tokens change', () => {
    expect(withTokens(block, 'u', tokens)).toBe(block.replace("'old'", '"it\'s: #new"').replace('plain.old.token', '"new.id"'));
  });
  test.each([
    ['another user', block, 'nobody'],
    ['a user without a provider', block, 'other'],
    ['a folded text', block.replace("'old'   # do not share", '>-\n          old'), 'u'],
    ['no YAML', '{', 'u'],
    ['no users', 'users: 3', 'u'],
  ])('nothing for %s', (_, text, user) => {
    expect(withTokens(text, user, tokens)).toBeNull();
  });

  test('the mode of the file and a link to it remain', async () => {
    const { url } = await issuer(() => ({ body: { id_token: VALID, refresh_token: 'second' } }));
    const file = await kubeconfig(await echo(), provider(url));
    await chmod(file, 0o640);
    const link = path.join(await folder(), 'link');
    await symlink(file, link);
    expect(await said(client(await connected({ kubeconfig: link })))).toBe(`Bearer ${VALID}`);
    expect(await readFile(file, 'utf8')).toContain('second');
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });
});
