/** Faults of an APIService or of its extension server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { issue } from '../pki.ts';
import { startExtensionServer } from '../servers.ts';
import { type Fault, unavailable } from './fault.ts';

/** What Helm leaves on an object, by its own field manager; the object is made anew. */
async function installedByHelm(cp: ControlPlane, apiService: KubernetesObject, service: string): Promise<void> {
  const annotations = { 'meta.helm.sh/release-name': 'stock-adapter', 'meta.helm.sh/release-namespace': 'stock' };
  const { namespace } = apiService.spec.service;
  const spec = { ...apiService.spec, service: { namespace, name: service, port: apiService.spec.service.port } };
  await cp.write('by-helm.json', JSON.stringify({ ...apiService, metadata: { name: apiService.metadata.name, annotations }, spec }));
  await cp.kubectl('delete', 'apiservice', apiService.metadata.name);
  await cp.kubectl('create', '--field-manager=helm', '-f', cp.path('by-helm.json'));
}
/** It comes to serve: by kubectl, or by Helm again. */
async function pointed(cp: ControlPlane, manager: string, { metadata, spec }: KubernetesObject): Promise<void> {
  // managedFields know seconds.
  await sleep(2_000);
  const change = JSON.stringify({ spec: { service: { name: spec.service.name } } });
  await cp.kubectl('patch', 'apiservice', metadata.name, '--type=merge', `--field-manager=${manager}`, '-p', change);
  await cp.waitServed(metadata.name);
}

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
    name: 'apiservice-providers-differ',
    finds: ['apiservice-providers-differ'],
    status: 0,
    async inject({ cp, sample: { objects } }) {
      await installedByHelm(cp, objects.apiService, 'of-the-release');
      await pointed(cp, 'kubectl-client-side-apply', objects.apiService);
    },
  },
  {
    // The next version of the chart names its Service otherwise, and cert-manager injects the caBundle.
    name: 'healthy-service-renamed-by-its-release',
    finds: [],
    status: 0,
    async inject({ cp, sample: { objects } }) {
      const { caBundle, ...spec } = objects.apiService.spec;
      const unverified = { ...objects.apiService, spec: { ...spec, insecureSkipTLSVerify: true } };
      await installedByHelm(cp, unverified, 'of-the-first-version');
      await pointed(cp, 'helm', objects.apiService);
      const injected = JSON.stringify({ spec: { insecureSkipTLSVerify: false, caBundle } });
      const { name } = objects.apiService.metadata;
      await cp.kubectl('patch', 'apiservice', name, '--type=merge', '--field-manager=cert-manager-cainjector', '-p', injected);
      await cp.waitServed(name);
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
