/** Faults of an APIService or of its extension server. */
import { issue } from '../pki.ts';
import { startExtensionServer } from '../servers.ts';
import { type Fault, unavailable } from './fault.ts';

export const apiServiceFaults: readonly Fault[] = [
  {
    name: 'cabundle-not-signer',
    finds: ['cabundle-not-signer', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      const { cert } = await issue({ commonName: 'another-ca', ca: true });
      const service = structuredClone(sample.objects.apiService);
      service.spec.caBundle = Buffer.from(cert).toString('base64');
      await cp.apply(service);
      // Up to 1.35 the probe does not verify: only a real request shows it.
      if (cp.version === '1.35.4') return;
      await unavailable(cp, 'unknown authority');
    },
  },
  {
    name: 'extension-server-down',
    finds: ['extension-server-down', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      await sample.stop();
      await unavailable(cp, 'refused');
    },
  },
  {
    name: 'apiservice-in-transition',
    finds: ['apiservice-in-transition'],
    status: 0,
    async inject({ cp }) {
      // The probe finds a sound server for ever, and nobody else does.
      const behaviour = { status: 500, sparing: 'system:kube-aggregator' };
      const server = await startExtensionServer(cp, { group: 'inventory.example.com', behaviour });
      await cp.waitAvailable(server.apiService);
    },
    undo: async ({ cp }) => void (await cp.namespace.send('stop', { name: 'extension-server-inventory' })),
  },
];
