import { describe, expect, test } from 'vitest';
import { proxyFor, proxyName } from '../../src/cluster/proxy.ts';
import { needsProxy } from '../../src/no-proxy.ts';

/** Rows of golang.org/x/net/http/httpproxy/proxy_test.go, UseProxyTests, and more of the same kind. */
describe.each<[string, readonly (readonly [string, boolean])[]]>([
  [
    'foobar.com, .barbaz.net, *.wildcard.io, 192.168.1.1, 192.168.1.2:81, 192.168.1.3:80, 10.0.0.0/30, 2001:db8::52:0:1, [2001:db8::52:0:2]:443, [2001:db8::52:0:3]:80, 2002:db8:a::45/64',
    [
      ['localhost', false],
      ['127.0.0.1', false],
      ['127.0.0.2', false],
      ['[::1]', false],
      ['[::2]', true],
      ['example.com', true],
      ['foobar.com', false],
      ['www.foobar.com', false],
      ['foofoobar.com', true],
      ['barbaz.net', true],
      ['sub.barbaz.net', false],
      ['wildcard.io', true],
      ['nested.sub.wildcard.io', false],
      ['FOOBAR.com', false],
      ['192.168.1.1', false],
      ['192.168.1.1:8443', false],
      ['192.168.1.2', true],
      ['192.168.1.2:81', false],
      ['192.168.1.3', true],
      ['192.168.1.3:80', false],
      ['192.168.1.4', true],
      ['10.0.0.2', false],
      ['10.0.0.4', true],
      ['[2001:db8::52:0:1]', false],
      ['[2001:db8::52:0:2]', false],
      ['[2001:db8::52:0:3]', true],
      ['[2002:db8:a::123]', false],
      ['[fe80::424b:c8be:1643:a1b6]', true],
    ],
  ],
  [
    '*',
    [
      ['example.com', false],
      ['10.1.2.3', false],
    ],
  ],
  [
    '',
    [
      ['example.com', true],
      ['localhost', false],
    ],
  ],
  [
    'example.com:6443, :80, ,/',
    [
      ['example.com', true],
      ['example.com:6443', false],
      ['other', true],
    ],
  ],
])('NO_PROXY=%s', (noProxy, rows) => {
  test.each(rows)('%s', (host, proxied) => {
    expect(needsProxy(new URL(`https://${host}`), noProxy)).toBe(proxied);
  });
});

describe('which proxy', () => {
  const of = (server: string, env: Record<string, string>, proxyUrl?: string) => {
    const proxy = proxyFor(new URL(server), env, proxyUrl);
    return proxy.ok ? proxy.value && `${proxyName(proxy.value)} ${proxy.value.from}` : proxy.problem;
  };
  test('kubeconfig beats the environment and knows no NO_PROXY; lower case beats upper case; a scheme may be missing', () => {
    const env = { HTTPS_PROXY: 'http://upper:1', https_proxy: 'lower:2', NO_PROXY: 'skip' };
    expect(of('https://h', env)).toBe('http://lower:2 HTTPS_PROXY');
    expect(of('https://h', { ...env, https_proxy: '' })).toBe('http://upper:1 HTTPS_PROXY');
    expect(of('https://skip', env)).toBeNull();
    expect(of('https://skip', env, 'https://kube:3')).toBe('https://kube:3 proxy-url');
    expect(of('https://127.0.0.1', {}, 'http://kube:3')).toBe('http://kube:3 proxy-url');
    expect(of('http://h', env)).toBeNull();
    expect(of('https://h', { HTTPS_PROXY: 'user:secret@p:1' })).toBe('http://p:1 HTTPS_PROXY');
  });
  test('what cannot be done is refused, without the password', () => {
    expect(of('https://h', {}, 'socks5://me:secret@p:1')).toBe(
      'The proxy `socks5://p:1` in `proxy-url` cannot be used: aggctl supports only http:// and https:// proxies.',
    );
    expect(of('https://h', {}, 'me:secret@nowhere')).not.toContain('secret');
  });
});
