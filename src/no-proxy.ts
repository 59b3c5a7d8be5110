/** NO_PROXY by the rules of Go (golang.org/x/net v0.61.0, http/httpproxy). Pure. */
import { BlockList, isIP } from 'node:net';

/** Whether a request to `target` goes through the proxy of the environment. `localhost` and loopback addresses never do. */
export const needsProxy = (target: URL, noProxy: string): boolean => {
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || (isIP(host) && contains('127.0.0.0/8', host)) || host === '::1') return false;
  return !noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => matches(entry, host, port));
};

const matches = (entry: string, host: string, port: string): boolean => {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return isIP(host) !== 0 && contains(entry, host);
  const { name, portOf } = split(entry);
  if (name === '' || (portOf !== '' && portOf !== port)) return false;
  if (isIP(name)) return isIP(host) !== 0 && contains(`${name}/${isIP(name) === 4 ? 32 : 128}`, host);
  if (isIP(host)) return false;
  const suffix = name.replace(/^\*\./, '.');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
};

const split = (entry: string): { name: string; portOf: string } => {
  if (isIP(entry)) return { name: entry, portOf: '' };
  const parts = /^(?:\[(.*)\]|([^:]*)):([^:]*)$/.exec(entry);
  return parts ? { name: parts[1] ?? parts[2] ?? '', portOf: parts[3] ?? '' } : { name: entry, portOf: '' };
};

const contains = (cidr: string, address: string): boolean => {
  const [network = '', bits = ''] = cidr.split('/');
  const family = isIP(network);
  const prefix = Number(bits);
  if (!family || !/^\d+$/.test(bits) || prefix > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
};
