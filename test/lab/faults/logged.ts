/** Faults of the front proxy that a laptop sees in the log of the extension server. */
import { issue } from '../pki.ts';
import { ago, type Fault, present, rejected, restartAndRewrite, unavailable } from './fault.ts';

const presenting =
  (wanted: () => Parameters<typeof present>[1] | Promise<Parameters<typeof present>[1]>): Fault['inject'] =>
  async ({ cp }) => {
    await present(cp, await wanted());
    await unavailable(cp, '401');
  };
export const loggedFaults: readonly Fault[] = [
  {
    name: 'logged-front-proxy-client-expired',
    finds: ['front-proxy-client-expired', ...rejected],
    status: 1,
    inject: presenting(() => ({ notBefore: ago(400), notAfter: ago(3) })),
  },
  {
    name: 'logged-front-proxy-client-not-yet-valid',
    finds: ['front-proxy-client-not-yet-valid', ...rejected],
    status: 1,
    inject: presenting(() => ({ notBefore: ago(-1), notAfter: ago(-365) })),
  },
  {
    name: 'logged-front-proxy-client-without-clientauth',
    finds: ['front-proxy-client-without-clientauth', ...rejected],
    status: 1,
    inject: presenting(() => ({ extendedKeyUsage: ['serverAuth'] })),
  },
  {
    name: 'logged-front-proxy-client-not-signed',
    finds: ['front-proxy-client-not-signed-by-requestheader-ca', ...rejected],
    status: 1,
    inject: presenting(async () => ({ issuer: await issue({ commonName: 'another-ca', ca: true }) })),
  },
  {
    name: 'logged-allowed-names-exclude-cn',
    finds: ['allowed-names-exclude-cn', ...rejected],
    status: 1,
    inject: presenting(() => ({ commonName: 'aggregator' })),
  },
];
/** Where there is a mirror pod, its flags tell this one; the log does where there is none. */
export const loggedWithoutFlags: Fault = {
  name: 'logged-username-headers-missing',
  finds: ['configmap-requestheader-missing', ...rejected],
  status: 1,
  async inject(lab) {
    await lab.cp.manifest.remove('requestheader-username-headers');
    await restartAndRewrite(lab);
    await unavailable(lab.cp, '401');
  },
};
