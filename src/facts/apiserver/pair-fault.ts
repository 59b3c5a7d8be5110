import { fact } from '../engine/declare.ts';
import { pairFault as faultOfPair } from '../trust.ts';
import { apiserver } from './apiserver.ts';
import { proxyClientCert } from './proxy-client-cert.ts';
import { proxyClientKey } from './proxy-client-key.ts';

/** Why kube-apiserver cannot load the pair and exits: its own words, and the file to look at. null: it loads. */
export const pairFault = fact({
  name: 'pairFault',
  of: apiserver,
  needs: { proxyClientCert, proxyClientKey },
  from: ({ proxyClientCert, proxyClientKey }) => faultOfPair(proxyClientCert, proxyClientKey),
});
