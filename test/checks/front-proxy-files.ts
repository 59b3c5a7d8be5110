import { file } from '../support/facts.ts';

/** kube-apiserver cannot load the pair, and says so. */
export const pairFault = (text: string, where: 'proxyClientCert' | 'proxyClientKey') => ({ pairFault: { text, file: file(where) } });
export const absent = { is: 'absent', certificates: [] } as const;
