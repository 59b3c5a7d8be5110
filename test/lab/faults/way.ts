/** Faults of the way to an extension server and of its TLS, by the lab's own server. */
import type { ControlPlane } from '../control-plane.ts';
import { mustRun } from '../node.ts';
import { issue, type Pair, type Wanted } from '../pki.ts';
import { type Behaviour, type ExtensionServer, type ExtensionServerOptions, startExtensionServer } from '../servers.ts';
import { until } from '../wait.ts';
import { ago, type Fault } from './fault.ts';

const name = 'api.stock.svc';
const port = 9444;
const clusterIP = '10.96.101.194';
const serverAuth = ['serverAuth'];
const sound: Wanted = { commonName: name, extendedKeyUsage: serverAuth, subjectAltNames: [`DNS:${name}`] };
const symptom = 'apiservice-unavailable';
/** In each of the texts of a timeout. */
const timeout = 'xceeded';

interface Way extends Pick<Fault, 'name' | 'finds' | 'everywhere' | 'fromLaptop'> {
  readonly options?: Partial<ExtensionServerOptions>;
  /** In the condition; up to 1.35 it does not come there for a fault of the certificate. null: it goes on serving. */
  readonly says: string | null;
  /** What is to go wrong once it serves. */
  readonly turn: (server: ExtensionServer, cp: ControlPlane) => Promise<Behaviour>;
  readonly undo?: (cp: ControlPlane) => Promise<void>;
}

/** A sound server that serves, and then turns. */
function way({ options, says, turn, undo, ...fault }: Way): Fault {
  let server: ExtensionServer | undefined;
  return {
    ...fault,
    status: says === null ? 0 : 1,
    async inject({ cp }) {
      const started = await startExtensionServer(cp, { group: 'stock.example.com', port, ...options });
      try {
        await cp.waitServed(started.apiService);
        await started.behave(await turn(started, cp));
        const blind = cp.version === '1.35.4' && says?.startsWith('x509');
        if (says === null) await cp.waitServed(started.apiService);
        else if (says === timeout) await timesOut(cp, started.apiService);
        else await cp.waitAvailable(started.apiService, blind ? 'True' : 'False', blind ? '' : says);
      } catch (error) {
        await started.stop();
        throw error;
      }
      server = started;
    },
    async undo({ cp }) {
      await undo?.(cp);
      await server?.stop();
    },
  };
}

/** Waits without touching the APIService: each change of it makes kube-apiserver discard the verdict of a probe that takes 5 s. */
const timesOut = (cp: ControlPlane, apiService: string) =>
  until(`${apiService} to time out`, 120_000, async () => {
    const found = await cp.get(`/apis/apiregistration.k8s.io/v1/apiservices/${apiService}`);
    return JSON.stringify(found?.status ?? {}).includes(timeout) || undefined;
  });

/** It presents another certificate, by its own CA unless told. */
const presents = (wanted: Wanted) => async (server: ExtensionServer) => ({
  serving: await issue({ issuer: server.ca, ...sound, ...wanted }),
});

/** The APIService trusts another CA. */
async function trusts(cp: ControlPlane, server: ExtensionServer, { cert }: Pair): Promise<void> {
  const service = structuredClone(server.objects.apiService);
  service.spec.caBundle = Buffer.from(cert).toString('base64');
  await cp.apply(service);
}
/** In place of the caBundle. */
async function verifiesNothing(cp: ControlPlane, { objects }: ExtensionServer): Promise<void> {
  const service = structuredClone(objects.apiService);
  delete service.spec.caBundle;
  service.spec.insecureSkipTLSVerify = true;
  await cp.apply(service);
}
/** A route to where nobody is: what comes by the loopback device for somebody else is dropped without a word. */
const swallowed = (range: string) => [range, 'dev', 'lo'];
const refused = (range: string) => ['unreachable', range];
type RouteTo = typeof swallowed;
const podIP = '10.244.9.9';

/** The node answers the ClusterIP no longer; with `pods`, the only endpoint is a pod that it cannot reach either. */
async function leadsElsewhere(cp: ControlPlane, { objects }: ExtensionServer, route: RouteTo, pods: boolean): Promise<Behaviour> {
  await mustRun(cp, ['ip', 'address', 'del', `${clusterIP}/32`, 'dev', 'lo']);
  if (pods) {
    const endpoints = [{ addresses: [podIP], conditions: { ready: true, serving: true, terminating: false } }];
    await cp.apply({ ...objects.endpointSlice, endpoints });
  }
  for (const address of pods ? [clusterIP, podIP] : [clusterIP]) await mustRun(cp, ['ip', 'route', 'add', ...route(`${address}/32`)]);
  return {};
}
async function leadsBack(cp: ControlPlane, route: RouteTo, pods: boolean): Promise<void> {
  for (const address of pods ? [clusterIP, podIP] : [clusterIP]) await mustRun(cp, ['ip', 'route', 'del', ...route(`${address}/32`)]);
}

const certificateFaults: readonly Fault[] = [
  way({
    name: 'serving-certificate-expired',
    finds: ['serving-certificate-expired', symptom],
    everywhere: true,
    says: 'x509: certificate has expired',
    turn: presents({ notBefore: ago(365), notAfter: ago(2) }),
  }),
  way({
    name: 'laptop-serving-certificate-expired',
    finds: ['serving-certificate-expired', symptom],
    fromLaptop: true,
    says: 'x509: certificate has expired',
    turn: presents({ notBefore: ago(365), notAfter: ago(2) }),
  }),
  way({
    name: 'serving-certificate-expired-external-name',
    finds: ['serving-certificate-expired', symptom],
    options: { serviceType: 'ExternalName' },
    says: 'x509: certificate has expired',
    turn: presents({ notBefore: ago(365), notAfter: ago(2) }),
  }),
  way({
    name: 'serving-certificate-expired-and-other-names',
    finds: ['serving-certificate-expired', symptom, 'serving-certificate-names-exclude-service'],
    says: 'x509: certificate has expired',
    turn: presents({ notBefore: ago(365), notAfter: ago(2), subjectAltNames: ['DNS:localhost'] }),
  }),
  way({
    name: 'serving-certificate-not-yet-valid',
    finds: ['serving-certificate-not-yet-valid', symptom],
    everywhere: true,
    says: 'x509: certificate has expired or is not yet valid',
    turn: presents({ notBefore: ago(-2) }),
  }),
  way({
    name: 'serving-certificate-names-exclude-service',
    finds: ['serving-certificate-names-exclude-service', symptom],
    everywhere: true,
    says: 'x509: certificate is valid for',
    turn: presents({ subjectAltNames: ['DNS:api', 'DNS:api.stock', 'DNS:api.stock.svc.cluster.local'] }),
  }),
  way({
    name: 'serving-certificate-names-legacy-common-name',
    finds: ['serving-certificate-names-exclude-service', symptom],
    everywhere: true,
    says: 'x509: certificate relies on legacy Common Name',
    turn: presents({ subjectAltNames: [] }),
  }),
  way({
    name: 'serving-certificate-names-ip-alone',
    finds: ['serving-certificate-names-exclude-service', symptom],
    says: 'x509: certificate is not valid for any names',
    turn: presents({ subjectAltNames: [`IP:${clusterIP}`] }),
  }),
  way({
    name: 'serving-certificate-names-wildcard-too-high',
    finds: ['serving-certificate-names-exclude-service', symptom],
    says: 'x509: certificate is valid for *.svc',
    turn: presents({ subjectAltNames: ['DNS:*.svc'] }),
  }),
  way({
    name: 'serving-certificate-self-signed',
    finds: ['serving-certificate-names-exclude-service', symptom, 'cabundle-not-signer'],
    says: 'x509: certificate is valid for localhost',
    turn: async () => ({ serving: await issue({ ...sound, subjectAltNames: ['DNS:localhost', 'IP:127.0.0.1'] }) }),
  }),
  way({
    name: 'serving-certificate-without-serverauth',
    finds: ['serving-certificate-without-serverauth', symptom],
    everywhere: true,
    says: 'x509: certificate specifies an incompatible key usage',
    turn: presents({ extendedKeyUsage: ['clientAuth'] }),
  }),
  way({
    name: 'serving-certificate-signature-insecure',
    finds: ['serving-certificate-signature-insecure', symptom],
    everywhere: true,
    says: 'x509: certificate signed by unknown authority (possibly because of',
    turn: presents({ hash: 'sha1' }),
  }),
  way({
    name: 'serving-certificate-expires-soon',
    finds: ['serving-certificate-without-serverauth', symptom, 'serving-certificate-expires-soon'],
    says: 'x509: certificate specifies an incompatible key usage',
    turn: presents({ extendedKeyUsage: ['clientAuth'], notBefore: ago(360), notAfter: ago(-5) }),
  }),
  way({
    name: 'serving-certificate-expires-soon-while-it-serves',
    finds: ['serving-certificate-expires-soon'],
    everywhere: true,
    says: null,
    turn: presents({ notBefore: ago(360), notAfter: ago(-5) }),
  }),
  way({
    name: 'cabundle-not-signer-intermediate-missing',
    finds: ['cabundle-not-signer', symptom],
    everywhere: true,
    says: 'x509: certificate signed by unknown authority',
    turn: async ({ ca }) => {
      const intermediate = await issue({ commonName: 'stock-intermediate', ca: true, issuer: ca });
      return { serving: await issue({ ...sound, issuer: intermediate }) };
    },
  }),
  way({
    name: 'cabundle-not-signer-same-name',
    finds: ['cabundle-not-signer', symptom],
    everywhere: true,
    says: 'x509: certificate signed by unknown authority',
    turn: async () => ({ serving: await issue({ ...sound, issuer: await issue({ commonName: 'stock-ca', ca: true }) }) }),
  }),
  way({
    name: 'cabundle-cannot-sign',
    finds: ['cabundle-cannot-sign', symptom],
    everywhere: true,
    says: 'x509: certificate signed by unknown authority (possibly because of',
    turn: async (server, cp) => {
      const issuer = await issue({ commonName: 'no-ca', instead: ['basicConstraints = critical, CA:FALSE'] });
      await trusts(cp, server, issuer);
      return { serving: await issue({ ...sound, issuer }) };
    },
  }),
];

const protocolFaults: readonly Fault[] = [
  way({
    name: 'extension-server-not-https',
    finds: ['extension-server-not-https', symptom],
    everywhere: true,
    says: 'server gave HTTP response to HTTPS client',
    turn: async () => ({ plainHTTP: true }),
  }),
  way({
    name: 'extension-server-without-tls-1-2',
    finds: ['extension-server-without-tls-1-2', symptom],
    says: 'protocol version not supported',
    turn: async () => ({ oldTLS: true }),
  }),
  way({
    name: 'extension-server-without-common-cipher',
    finds: ['extension-server-without-common-cipher', symptom],
    says: 'handshake failure',
    turn: async () => ({ rsaSuites: true }),
  }),
  way({
    name: 'extension-server-rejects-client-ca',
    finds: ['extension-server-rejects-client-ca', symptom],
    says: 'remote error: tls: ',
    // With TLS 1.3 the text alternates with `write: broken pipe`: the client is done with the handshake before the server judges.
    turn: async ({ ca }) => ({ clientCA: ca.cert, tls12: true }),
  }),
];

const networkFaults: readonly Fault[] = [
  way({
    name: 'extension-server-rejects-connections',
    finds: ['extension-server-rejects-connections', symptom],
    everywhere: true,
    says: 'EOF',
    turn: async () => ({ hangUp: true }),
  }),
  way({
    name: 'extension-server-resets-connections',
    finds: ['extension-server-rejects-connections', symptom],
    says: 'connection reset by peer',
    turn: async () => ({ reset: true }),
  }),
  way({
    name: 'extension-server-slow',
    finds: ['extension-server-slow', symptom],
    everywhere: true,
    says: timeout,
    turn: async () => ({ delay: '8s' }),
  }),
  way({
    name: 'insecure-skip-hides-faults',
    finds: ['extension-server-slow', symptom, 'insecure-skip-hides-faults'],
    says: timeout,
    turn: async (server, cp) => {
      await verifiesNothing(cp, server);
      return { delay: '8s', serving: await issue({ ...sound, subjectAltNames: ['DNS:localhost'] }) };
    },
  }),
  way({
    name: 'extension-server-no-answer',
    finds: ['extension-server-no-answer', symptom],
    everywhere: true,
    says: timeout,
    turn: (server, cp) => leadsElsewhere(cp, server, swallowed, true),
    undo: (cp) => leadsBack(cp, swallowed, true),
  }),
  way({
    name: 'aggregator-routing-wrong',
    finds: ['aggregator-routing-wrong', symptom],
    everywhere: true,
    says: timeout,
    turn: (server, cp) => leadsElsewhere(cp, server, swallowed, false),
    undo: (cp) => leadsBack(cp, swallowed, false),
  }),
  way({
    name: 'extension-server-no-route',
    finds: ['extension-server-no-route', symptom],
    says: 'no route to host',
    turn: (server, cp) => leadsElsewhere(cp, server, refused, true),
    undo: (cp) => leadsBack(cp, refused, true),
  }),
];

export const wayFaults: readonly Fault[] = [...networkFaults, ...protocolFaults, ...certificateFaults];
