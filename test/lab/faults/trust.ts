/** Faults that an extension server shows when it is asked directly, with the front-proxy pair and without: `check-apiservice --as-front-proxy`. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from '../control-plane.ts';
import { type Behaviour, startExtensionServer } from '../servers.ts';
import { ago, apiService, type Fault, type Lab, present, rejected, unavailable } from './fault.ts';

const group = 'inventory.example.com';
const inventory = `v1.${group}`;

async function started(cp: ControlPlane, behaviour: Behaviour = {}): Promise<void> {
  const server = await startExtensionServer(cp, { group, namespace: 'inventory', behaviour });
  await cp.waitServed(server.apiService);
}
const undo = async ({ cp }: Lab) => void (await cp.namespace.send('stop', { name: 'extension-server-inventory' }));

export const trustFaults: readonly Fault[] = [
  {
    name: 'as-front-proxy-healthy',
    finds: [],
    status: 0,
    asFrontProxy: apiService,
    everywhere: true,
    inject: async ({ cp }) => cp.waitServed(apiService),
  },
  {
    // As a server does that demands a certificate before it speaks HTTP.
    name: 'as-front-proxy-healthy-certificate-demanded',
    finds: [],
    status: 0,
    asFrontProxy: inventory,
    inject: async ({ cp }) => started(cp, { clientCA: (await cp.pair('front-proxy-ca')).cert }),
    undo,
  },
  {
    name: 'headers-trusted-without-certificate',
    finds: ['headers-trusted-without-certificate'],
    status: 1,
    asFrontProxy: inventory,
    everywhere: true,
    inject: ({ cp }) => started(cp, { believeHeaders: true }),
    undo,
  },
  {
    name: 'extension-server-without-authentication',
    finds: ['extension-server-without-authentication'],
    status: 0,
    asFrontProxy: inventory,
    inject: ({ cp }) => started(cp),
    undo,
  },
  {
    // kube-apiserver trusts the pair, too: there it would be believed. It is not presented.
    name: 'as-front-proxy-kube-apiserver',
    finds: ['service-is-kube-apiserver', 'apiservice-unavailable'],
    status: 1,
    asFrontProxy: inventory,
    async inject({ cp }) {
      const service = { namespace: 'default', name: 'kubernetes', port: 443 };
      const spec = { group, version: 'v1', groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true, service };
      await cp.apply({ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: inventory }, spec });
      await sleep(8_000);
    },
  },
  {
    name: 'as-front-proxy-expired',
    finds: ['front-proxy-client-expired', ...rejected],
    status: 1,
    asFrontProxy: apiService,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(9), notAfter: ago(2) });
      await unavailable(cp, '401');
    },
  },
];
