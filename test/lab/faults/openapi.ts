/** Faults of an extension server's OpenAPI, while all else of it serves. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from '../control-plane.ts';
import { type Behaviour, type ExtensionServer, startExtensionServer } from '../servers.ts';
import { until } from '../wait.ts';
import type { Fault, Lab } from './fault.ts';

const group = 'inventory.example.com';
const named = `v1.${group}`;

const started = (cp: ControlPlane, openAPI: Behaviour['openAPI']): Promise<ExtensionServer> =>
  startExtensionServer(cp, { group, namespace: 'inventory', behaviour: { ...(openAPI && { openAPI }) } });
async function served(cp: ControlPlane, openAPI: Behaviour['openAPI']): Promise<ExtensionServer> {
  const server = await started(cp, openAPI);
  await cp.waitServed(named);
  return server;
}
const undo = async ({ cp }: Lab) => void (await cp.namespace.send('stop', { name: 'extension-server-inventory' }));

/** kube-apiserver has read the extension server's list. */
const listed = (cp: ControlPlane) =>
  until(`/openapi/v3 to list apis/${group}/v1`, 90_000, async () => {
    const { text } = await cp.request('/openapi/v3');
    return `apis/${group}/v1` in JSON.parse(text).paths || undefined;
  });
const sound = { v2: 'sound', v3: 'sound', document: 'sound' } as const;

export const openAPIFaults: readonly Fault[] = [
  {
    name: 'openapi-unavailable',
    finds: ['openapi-unavailable'],
    status: 0,
    named,
    everywhere: true,
    async inject({ cp }) {
      await served(cp, { ...sound, document: 500 });
      await listed(cp);
    },
    undo,
  },
  {
    // As after an upgrade or a downgrade: kube-apiserver remembers the list of the server before.
    name: 'openapi-unavailable-any-more',
    finds: ['openapi-unavailable'],
    status: 0,
    named,
    async inject({ cp }) {
      const server = await served(cp, sound);
      await listed(cp);
      await server.behave();
      await cp.waitServed(named);
    },
    undo,
  },
  {
    name: 'openapi-unavailable-garbage',
    finds: ['openapi-unavailable'],
    status: 0,
    named,
    async inject({ cp }) {
      await served(cp, { ...sound, document: 'garbage' });
      await listed(cp);
    },
    undo,
  },
  {
    name: 'openapi-unavailable-no-answer',
    finds: ['openapi-unavailable'],
    status: 0,
    named,
    async inject({ cp }) {
      await served(cp, { ...sound, document: 'never' });
      await listed(cp);
    },
    undo,
  },
  {
    name: 'openapi-stuck',
    finds: ['openapi-stuck'],
    status: 0,
    everywhere: true,
    async inject({ cp }) {
      const server = await started(cp, { v2: 'sound', v3: 'never' });
      await cp.waitAvailable(server.apiService);
      // It asks a second after it has seen the APIService, and again two minutes later at the latest.
      await until(
        'kube-apiserver to wait for its list',
        150_000,
        async () => (await server.log()).includes('keeps /openapi/v3 waiting') || undefined,
      );
    },
    undo,
  },
  {
    name: 'openapi-healthy-version-2-alone',
    finds: [],
    status: 0,
    named,
    async inject({ cp }) {
      await served(cp, { v2: 'sound' });
      await listed(cp);
    },
    undo,
  },
  {
    name: 'openapi-healthy-none',
    finds: [],
    status: 0,
    named,
    async inject({ cp }) {
      await served(cp, undefined);
      await sleep(3_000);
    },
    undo,
  },
];
