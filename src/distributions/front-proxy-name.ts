/** Names that a front-proxy client certificate has by convention. */

/** As kubeadm issues it. */
export const usualFrontProxyName = 'front-proxy-client';

/**
 * Whether a common name says that its holder is the front proxy: `front-proxy-client` (kubeadm), `system:auth-proxy` (k3s), `aggregator`
 * (cfssl guides). Under a CA that also signs users, allowing any other name lets a client act as everybody.
 */
export const isFrontProxyName = (commonName: string): boolean => /front-?proxy|auth-proxy|aggregator/i.test(commonName);
