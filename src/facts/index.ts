/** Source → facts, in few waves: what can be asked without knowing anything, then what the first answers name; and up to three more for logs. */
import type { Answer, ApiService, Ask, Choices, Gathered, Observed, Subject } from '../model.ts';
import { type ApiServiceObject, apiServicesPath, discover, remoteApiServices } from './api-services.ts';
import { apiserverFacts } from './apiserver-facts.ts';
import { joinApiservers, mirrorPodsPath, otherMirrorPodsPath, type Pod } from './apiservers.ts';
import { authConfigMapPath, readAuthConfigMap } from './auth-configmap.ts';
import { addressOf, readEndpoints, readIdentity, readNodeLabels, readVersion, serverCertificate } from './cluster.ts';
import { commonFailure } from './common-failure.ts';
import { distributionOf, type Evidence, unseen } from './distribution.ts';
import { failureOf } from './failure.ts';
import { readFlags } from './flags.ts';
import { readKubeadmConfig } from './kubeadm-config.ts';
import { get, list } from './kubernetes.ts';
import type { Manifest } from './manifest.ts';
import { because, blame, map } from './observed.ts';
import { withOwnLogs } from './own-logs.ts';
import { proxyVariable, type ServiceAddresses, serviceAddresses } from './proxied.ts';
import { manifestPaths, readHere } from './readers/index.ts';
import { twoClusters } from './same-cluster.ts';
import { type Folder, manifestFolders } from './startup-files.ts';
import { unclaimedEntries } from './unclaimed-entries.ts';
import { upgradeFrom } from './version-rules.ts';

export interface GatherOptions {
  readonly choices: Choices;
  /** The manifest to judge, in place of the well-known static pod paths. */
  readonly manifest?: string;
}
/** The facts; and, when this node's files and the API are not shown to be one cluster, the sentence that says so. */
export interface GatheredHere {
  readonly gathered: Gathered;
  readonly mismatch: string | null;
  /** How many questions each wave asked; their number is the latency in round trips. */
  readonly waves: readonly number[];
}

/** Asks everything that the checks need. Never throws; what cannot be had is an `Unavailable` in its place. */
export async function gather(source: Ask, { choices, manifest: named }: GatherOptions): Promise<GatheredHere> {
  const waves: number[] = [];
  const inWave = (wave: number): Ask => {
    return (question) => {
      waves[wave] = (waves[wave] ?? 0) + 1;
      return source(question);
    };
  };
  let ask = inWave(0);
  const proposed = named !== undefined && !manifestPaths.some((path) => path === named);
  const [
    clock,
    [connected, shown],
    manifest,
    placed,
    folders,
    about,
    whoami,
    configMap,
    services,
    mirrors,
    otherMirrors,
    endpoints,
    nodeLabels,
  ] = await Promise.all([
    ask({ kind: 'clock' }),
    connect(ask),
    readHere(inWave, named ? [named] : undefined),
    proposed ? readHere(inWave, manifestPaths) : null,
    Promise.all(manifestFolders.map(async (path) => ({ path, answer: await ask({ kind: 'dir', path }) }))),
    readVersion(ask),
    readIdentity(ask),
    get<object>(ask, authConfigMapPath),
    list<ApiServiceObject>(ask, apiServicesPath),
    list<Pod>(ask, mirrorPodsPath),
    list<Pod>(ask, otherMirrorPodsPath),
    readEndpoints(ask),
    readNodeLabels(ask),
  ]);
  const connection = connected.ok ? (connected.value ? { ok: true as const, value: connected.value } : noKubeconfig) : connected;
  const version = blame(about.version, { connection });
  const behindApi = <T>(observed: Observed<T>) => blame(observed, { connection, version });
  const taken = map(clock, ({ time }) => new Date(time));
  const now = choices.at ? { ok: true as const, value: choices.at } : taken;
  const moment = now.ok ? now.value : new Date(0);
  const server = connection.ok ? connection.value.server : null;
  const identity = behindApi(whoami);
  const authConfigMap = behindApi(map(configMap, (object) => object && readAuthConfigMap(object)));
  const pods = [mirrors, otherMirrors].find((found) => found.ok && found.value.length > 0) ?? mirrors;
  const joined = joinApiservers(manifest, behindApi(pods));
  const evidence: Evidence = {
    version: version.ok ? version.value.text : undefined,
    server: server ?? undefined,
    file: manifest.ok && 'file' in manifest.value.at ? manifest.value.at.file : undefined,
    origin: manifest.ok ? manifest.value.origin : undefined,
    labels: [...nodeLabels, ...(pods.ok ? pods.value : []).flatMap(({ metadata }) => labelsOf(metadata?.labels))],
    kubeadm: joined.ok && joined.value.some(({ kubeadm }) => kubeadm),
  };
  const apiservers = joined.ok || joined.because ? joined : unseen(evidence, joined);
  const remote = behindApi(map(services, remoteApiServices));

  const answered = waves.length - 1;
  const wave = (n: number) => inWave(answered + n);
  ask = wave(1);
  const behindProxy = apiservers.ok && apiservers.value.some(({ commandLine }) => proxyVariable(commandLine));
  const context = {
    server,
    configMap: authConfigMap,
    now: moment,
    api: { connection, version },
    wave,
    folder: folderOf(manifest, folders),
    ...(proposed && {
      replaces: placed?.ok ? { origin: placed.value.origin, at: placed.value.at, byName: readFlags(placed.value.arguments) } : null,
    }),
    services: behindProxy ? addressesOf(ask, remote) : Promise.resolve({ ok: true as const, value: [] }),
  };
  const user = identity.ok ? identity.value.user : null;
  const minor = version.ok ? version.value.minor : null;
  const kubeadm = apiservers.ok && apiservers.value.some((one) => one.kubeadm);
  const [kubeadmConfig, apiserver, served] = await Promise.all([
    kubeadm && choices.targetVersion !== undefined ? readKubeadmConfig(ask) : { ok: true as const, value: null },
    Promise.all(apiservers.ok ? apiservers.value.map((one) => apiserverFacts(ask, one, context)) : []),
    Promise.all(
      (remote.ok ? remote.value : []).map(async (one) => {
        const discovery = await discover(ask, one, user);
        const subject: Subject = { scope: 'apiservice', name: one.name };
        const failure = { ok: true as const, value: failureOf(one, discovery, moment, minor) };
        return { subject, facts: { apiService: { ok: true as const, value: one }, discovery, failure } };
      }),
    ),
  ]);
  const { apiservice, loggedRejection } = await withOwnLogs([wave(2), wave(3), wave(4)], {
    apiserver: apiservers.ok ? apiserver : [],
    apiservice: served,
    clock: taken.ok ? taken.value : moment,
    configMap: authConfigMap.ok ? authConfigMap.value : null,
  });
  const local = apiserver.find(({ facts }) => facts.nodeFiles.ok)?.facts;
  const serving = serverCertificate(server ?? '', shown, local?.servingCert);
  const gathered: Gathered = {
    cluster: {
      clock: taken,
      now,
      choices: { ok: true, value: choices },
      connection,
      version,
      clockSkew: blame(about.clockSkew, { connection, version }),
      identity,
      distribution: { ok: true, value: distributionOf(evidence) },
      serverCertificate: behindApi(serving),
      ownCredentials: behindApi(ownCredentials(about.version)),
      authConfigMap,
      unclaimedEntries: apiservers.ok ? map(authConfigMap, (one) => unclaimedEntries(one, apiserver, endpoints)) : because('apiserver'),
      commonFailure: remote.ok
        ? {
            ok: true,
            value: commonFailure(apiservice.map(({ facts }) => ({ service: facts.apiService.value, failure: facts.failure.value }))),
          }
        : because('apiservice'),
      upgrade: map(version, ({ minor: from }) => upgradeFrom(from, choices.targetVersion)),
      kubeadmConfig: behindApi(kubeadmConfig),
      loggedRejection: remote.ok ? loggedRejection : because('apiservice'),
    },
    apiserver: apiservers.ok ? { ok: true, value: apiserver } : apiservers,
    apiservice: remote.ok ? { ok: true, value: apiservice } : remote,
  };
  const comparable = local?.flags.ok && version.ok && server;
  const leaf = shown.ok && serving.ok ? serving.value.value : null;
  const mismatch = comparable
    ? twoClusters({ ...local, flags: local.flags.value, server, endpoints, shown: leaf, configMap: authConfigMap })
    : null;
  return { gathered, mismatch, waves };
}

const labelsOf = (labels: Readonly<Record<string, string>> = {}) => Object.entries(labels).map(([name, value]) => `${name}=${value}`);
/** The folder that the manifest on this node lies in. Elsewhere than kubelet's folders nothing is loaded beside it. */
function folderOf(manifest: Observed<Manifest>, folders: readonly { path: string; answer: Observed<Answer['dir']> }[]): Observed<Folder> {
  const file = manifest.ok && 'file' in manifest.value.at ? manifest.value.at.file : '';
  const path = file.slice(0, file.lastIndexOf('/'));
  const found = folders.find((one) => one.path === path);
  if (!found) return { ok: true, value: { path, entries: [] } };
  return map(found.answer, (answer) => ({ path, entries: answer.is === 'directory' ? answer.entries : [] }));
}

/** The addresses of every extension server; unknown when one is. */
async function addressesOf(ask: Ask, services: Observed<readonly ApiService[]>): Promise<Observed<readonly ServiceAddresses[]>> {
  if (!services.ok) return because('apiservice');
  const all = await Promise.all(services.value.map((one) => serviceAddresses(ask, one)));
  const failed = all.find((one) => !one.ok);
  return failed && !failed.ok ? failed : { ok: true, value: all.flatMap((one) => (one.ok ? [one.value] : [])) };
}

/** What an answer says of one's own credentials. */
const ownCredentials = (observed: Observed<unknown>): Observed<{ expired: string | null }> => {
  if (observed.ok) return { ok: true, value: { expired: null } };
  return observed.expired === 'client' ? { ok: true, value: { expired: observed.message } } : observed;
};

const noKubeconfig = {
  ok: false,
  why: 'excluded',
  message: 'the API; there is no kubeconfig: name one with --kubeconfig or KUBECONFIG',
} as const;

/** The connection, and what its server shows in the handshake. The first is known without asking anybody. */
async function connect(ask: Ask): Promise<[Observed<Answer['connection']>, Observed<Answer['handshake']>]> {
  const connection = await ask({ kind: 'connection' });
  if (!connection.ok) return [connection, connection];
  if (!connection.value) return [connection, noKubeconfig];
  const { host, port } = addressOf(connection.value.server);
  return [connection, await ask({ kind: 'handshake', host, port, serverName: host, present: 'none' })];
}
