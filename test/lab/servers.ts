/** Extension API servers beside a lab's control plane: the real sample-apiserver (Wardle), and one that misbehaves as told. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlane } from './control-plane.ts';
import { type ExposedObjects, expose } from './expose.ts';
import { environment, mustRun } from './node.ts';
import { issue, type Pair } from './pki.ts';

/** A running extension API server and the objects that were applied for it, to be changed and applied again. */
export interface Server {
  objects: ExposedObjects;
  /** Name of its APIService. */
  apiService: string;
  /** The CA of its serving certificate, and that certificate. */
  ca: Pair;
  serving: Pair;
  /** What it wrote so far. */
  log(): Promise<string>;
  start(): Promise<void>;
  /** The extension server goes, its objects stay. */
  stop(): Promise<void>;
}

type ServiceType = 'ClusterIP' | 'ExternalName';

/** The real sample-apiserver of the control plane's version. Returns once v1alpha1.wardle.example.com is Available and served. */
export async function startSampleApiserver(cp: ControlPlane, { serviceType = 'ClusterIP' as ServiceType } = {}): Promise<Server> {
  const etcd =
    '/etc/kubernetes/pki/etcd/ca.crt /etc/kubernetes/pki/apiserver-etcd-client.crt /etc/kubernetes/pki/apiserver-etcd-client.key';
  const [etcdCA, etcdCert, etcdKey] = etcd.split(' ');
  const kubeconfig = join(cp.folder, 'super-admin.conf');
  const plan: Plan = {
    name: 'sample-apiserver',
    namespace: 'wardle',
    port: 443,
    clusterIP: '10.96.100.10',
    group: 'wardle.example.com',
    version: 'v1alpha1',
    serviceType,
  };
  const server = await prepareServer(cp, plan, ({ cert, key }) => [
    cp.assets.sampleApiserver,
    `--secure-port=${plan.port}`,
    '--bind-address=0.0.0.0',
    '--etcd-servers=https://127.0.0.1:2379',
    `--etcd-cafile=${etcdCA}`,
    `--etcd-certfile=${etcdCert}`,
    `--etcd-keyfile=${etcdKey}`,
    `--tls-cert-file=${cert}`,
    `--tls-private-key-file=${key}`,
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
  ]);
  await server.start();
  await cp.waitServed(server.apiService);
  return server;
}

type OpenAPIAnswer = 'sound' | 'garbage' | 'never' | 403 | 500;
/** How the extension server is to behave; nothing given is sound behaviour. */
export interface Behaviour {
  /** Answers everything with this status, with this body (content type JSON unless told), after this long, e.g. `7s`. */
  status?: number;
  body?: string;
  contentType?: string;
  delay?: string;
  /** `status` and `body` for every other request of a user only, the first one included. */
  alternate?: boolean;
  /** Answers requests for the object aggctl-probe with this status, and those of users without a group. */
  objectStatus?: number;
  grouplessStatus?: number;
  /** Offers aggregated discovery; `empty`: one without its own group version. */
  aggregated?: 'v2' | 'v2beta1' | 'empty';
  /** Answers to /openapi/v2, /openapi/v3 and /openapi/v3/apis/GROUP/VERSION; 404 each when not given. */
  openAPI?: { v2?: OpenAPIAnswer; v3?: OpenAPIAnswer; document?: OpenAPIAnswer };
  /** Plural name of its resource; widgets when not given. */
  resource?: string;
  /** Serves whatever group and version are asked for. */
  anyGroup?: boolean;
  /** Answers this user soundly all the same, for instance kube-aggregator's probe. */
  sparing?: string;
  /** Takes everybody for the user of X-Remote-User, with or without a certificate. */
  believeHeaders?: boolean;
  /** Location header of a redirect. */
  location?: string;
  plainHTTP?: boolean;
  /** Closes each connection right after accepting it. */
  hangUp?: boolean;
  /** Resets it. */
  reset?: boolean;
  /** Speaks TLS 1.1 at most; or TLS 1.2 with no cipher suite that Go's clients offer. */
  oldTLS?: boolean;
  rsaSuites?: boolean;
  /** Speaks TLS 1.2 at most. */
  tls12?: boolean;
  /** Its serving certificate. */
  serving?: Pair;
  /** PEM of CAs: demands a client certificate of one of them. */
  clientCA?: string;
}

export interface ExtensionServer extends Server {
  /** Restarts it with another behaviour; without one, a sound one. No connection of the earlier one survives. */
  behave(behaviour?: Behaviour): Promise<void>;
}

export interface ExtensionServerOptions {
  group: string;
  version?: string;
  /** Namespace of its Service `api`; the group's first label when not given. */
  namespace?: string;
  /** Different for each server; 9443 when not given. */
  port?: number;
  serviceType?: ServiceType;
  behaviour?: Behaviour;
}

/** The lab's own extension server, with one resource, widgets. Returns at once; the test waits for the condition that it expects. */
export async function startExtensionServer(cp: ControlPlane, options: ExtensionServerOptions): Promise<ExtensionServer> {
  const { group, version = 'v1', namespace = group.split('.')[0] ?? group, port = 9443, serviceType = 'ClusterIP' } = options;
  const plan: Plan = {
    name: `extension-server-${namespace}`,
    namespace,
    port,
    clusterIP: `10.96.101.${port % 250}`,
    group,
    version,
    serviceType,
  };
  let behaviour = options.behaviour ?? {};
  const server = await prepareServer(cp, plan, async (own) => {
    const { status, body, contentType, delay, location, sparing, plainHTTP, hangUp, reset, oldTLS, rsaSuites, tls12, serving, clientCA } =
      behaviour;
    const { anyGroup, believeHeaders, alternate, objectStatus, grouplessStatus, aggregated, resource, openAPI } = behaviour;
    const chosen = serving ? await writePair(join(cp.folder, plan.name, 'chosen'), serving) : own;
    const clientCAFile = join(cp.folder, plan.name, 'client-ca.crt');
    if (clientCA) await writeFile(clientCAFile, clientCA);
    const flags = {
      listen: `0.0.0.0:${port}`,
      group: anyGroup ? '*' : group,
      version,
      cert: chosen.cert,
      key: chosen.key,
      'client-ca': clientCA && clientCAFile,
      'plain-http': plainHTTP,
      'hang-up': hangUp,
      reset,
      'old-tls': oldTLS,
      'rsa-suites': rsaSuites,
      'tls-1-2': tls12,
      status,
      body,
      'content-type': contentType,
      delay,
      location,
      sparing,
      alternate,
      'object-status': objectStatus,
      'groupless-status': grouplessStatus,
      aggregated,
      'openapi-v2': openAPI?.v2,
      'openapi-v3': openAPI?.v3,
      'openapi-document': openAPI?.document,
      resource,
      'believe-headers': believeHeaders,
    };
    const given = Object.entries(flags).filter(([, value]) => value !== undefined);
    return [cp.assets.extensionServer, ...given.map(([flag, value]) => `-${flag}=${value}`)];
  });
  await server.start();
  return {
    ...server,
    async behave(next = {}) {
      behaviour = next;
      await server.stop();
      await server.start();
    },
  };
}

interface Plan {
  name: string;
  namespace: string;
  port: number;
  clusterIP: string;
  group: string;
  version: string;
  serviceType: ServiceType;
}

interface PairFiles {
  cert: string;
  key: string;
}

/** Makes the serving certificate and applies the objects. `argv` is asked at each start. */
async function prepareServer(cp: ControlPlane, plan: Plan, argv: (files: PairFiles) => string[] | Promise<string[]>): Promise<Server> {
  const ca = await issue({ commonName: `${plan.namespace}-ca`, ca: true });
  const names = [`api.${plan.namespace}.svc`, `api.${plan.namespace}.svc.cluster.local`].map((name) => `DNS:${name}`);
  const serving = await issue({
    commonName: `api.${plan.namespace}.svc`,
    issuer: ca,
    extendedKeyUsage: ['serverAuth'],
    subjectAltNames: names,
  });
  const files = await writePair(join(cp.folder, plan.name), serving);
  const objects = expose({ ...plan, service: 'api', caBundle: ca.cert, address: cp.address });
  if (plan.serviceType === 'ClusterIP') await mustRun(cp, ['ip', 'address', 'replace', `${plan.clusterIP}/32`, 'dev', 'lo']);
  await cp.apply(...Object.values(objects));
  const log = join(cp.folder, 'logs', `${plan.name}.log`);
  return {
    objects,
    apiService: `${plan.version}.${plan.group}`,
    ca,
    serving,
    log: () => readFile(log, 'utf8'),
    async start() {
      await cp.namespace.send('start', { name: plan.name, argv: await argv(files), env: environment(cp.folder), log });
    },
    async stop() {
      await cp.namespace.send('stop', { name: plan.name });
    },
  };
}

async function writePair(folder: string, { cert, key }: Pair): Promise<PairFiles> {
  await mkdir(folder, { recursive: true });
  const files = { cert: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
  await writeFile(files.cert, cert);
  await writeFile(files.key, key, { mode: 0o600 });
  return files;
}
