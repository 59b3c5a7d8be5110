import { ca, client, frontProxy, healthy } from '../support/facts.ts';

export const frontProxyCa = ca('front-proxy-ca');
export const middle = ca('middle', { issuer: frontProxyCa });
const { proxyClientCert, proxyClientKey, requestheaderCa } = healthy;
export const places = { cert: proxyClientCert?.at, key: proxyClientKey?.at, ca: requestheaderCa?.at };
export const line = (place: (typeof places)['cert'], number: number) => ({ ...place, line: number }) as NonNullable<typeof place>;
export const none = {
  proxyClientCert: null,
  proxyClientKey: null,
  pairFault: null,
  signerFaultByFlags: null,
  signerFaultByConfigMap: null,
};
export const under = (trusted: ReturnType<typeof ca>, recipe: Parameters<typeof client>[1] = {}, published = [trusted]) =>
  frontProxy({ chain: [client(frontProxyCa, recipe)], trusted: [trusted], published });
export const lines = (pem: string) => pem.split('\n').length - 1;
