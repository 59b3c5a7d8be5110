/**
 * Sources → facts, in waves: what can be asked without knowing anything, what the first answers name, each kube-apiserver by itself, and a
 * second look where they disagree.
 */
import type { Answer, Ask, Choices, Gathered, Observed, Subject } from '../model.ts';
import { type ApiServiceObject, apiServicesPath, discover, remoteApiServices } from './api-services.ts';
import { apiserverFacts } from './apiserver-facts.ts';
import { joinApiservers, manifestPaths, mirrorPodsPath, addressOf as ownAddressOf, readLocalManifest } from './apiservers.ts';
import { authConfigMapPath, readAuthConfigMap } from './auth-configmap.ts';
import { addressOf, distributionOf, readEndpoints, readIdentity, readVersion, serverCertificate } from './cluster.ts';
import { commonFailure } from './common-failure.ts';
import { distrusts } from './distrusts.ts';
import { again, announcedAddresses, askEndpoints, divisionOf, mayBeDivided, viewsOf } from './endpoints.ts';
import { failureOf } from './failure.ts';
import { get, list } from './kubernetes.ts';
import type { Manifest } from './manifest.ts';
import { because, blame, map } from './observed.ts';
import { differentUids, twoClusters } from './same-cluster.ts';
import { newestFirst, readUid } from './sources.ts';

export interface GatherOptions {
  readonly choices: Choices;
  /** The manifest to judge, in place of the well-known static pod paths. */
  readonly manifest?: string;
}
/** The facts; and, when what the sources show is not shown to be one cluster, the sentence that says so. */
export interface GatheredHere {
  readonly gathered: Gathered;
  readonly mismatch: string | null;
  /** How many questions each wave asked; their number is the latency in round trips. */
  readonly waves: readonly number[];
}

/**
 * Asks everything that the checks need. Never throws; what cannot be had is an `Unavailable` in its place. Of several sources each is asked
 * for the files of its node, and the newest whose API answers for all that the API shows.
 */
export async function gather(sources: readonly Ask[], { choices, manifest: named }: GatherOptions): Promise<GatheredHere> {
  const waves: number[] = [];
  let wave = 0;
  const counted = (source: Ask): Ask => {
    return (question) => {
      waves[wave] = (waves[wave] ?? 0) + 1;
      return source(question);
    };
  };
  const ordered = (await newestFirst(sources)).map(counted);
  const ask = ordered[0] as Ask;
  const [manifests, uids, clock, [connected, shown], about, whoami, configMap, services, mirrors, announced] = await Promise.all([
    Promise.all(ordered.map(async (files) => ({ files, manifest: await readLocalManifest(files, named ? [named] : manifestPaths) }))),
    Promise.all(ordered.map(readUid)),
    ask({ kind: 'clock' }),
    connect(ask),
    readVersion(ask),
    readIdentity(ask),
    get<object>(ask, authConfigMapPath),
    list<ApiServiceObject>(ask, apiServicesPath),
    list<object>(ask, mirrorPodsPath),
    readEndpoints(ask),
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
  const apiservers = joinApiservers(manifests, behindApi(mirrors));
  const addresses = announcedAddresses(announced);
  const nodeOf = (address: string) =>
    (apiservers.ok ? apiservers.value.find(({ flags }) => ownAddressOf(flags) === address)?.node : undefined) ?? null;
  const remote = behindApi(map(services, remoteApiServices));

  wave = 1;
  const context = { server, announced: addresses, configMap: authConfigMap, now: moment, api: { connection, version } };
  const user = identity.ok ? identity.value.user : null;
  const minor = version.ok ? version.value.minor : null;
  const [apiserver, discovered, endpoints] = await Promise.all([
    Promise.all(apiservers.ok ? apiservers.value.map((one) => apiserverFacts(ask, one, context)) : []),
    Promise.all((remote.ok ? remote.value : []).map(async (one) => ({ one, own: await discover(ask, one, user) }))),
    askEndpoints(ask, addresses, server, nodeOf),
  ]);

  wave = 2;
  const each = endpoints.ok ? endpoints.value : [];
  const viewed = await Promise.all(
    discovered.map(async ({ one, own }) => ({ one, own, views: await viewsOf(ask, one, each, { server, user, own }) })),
  );

  wave = 3;
  const serverClock = (taken.ok ? taken.value.getTime() : 0) + (about.clockSkew.ok ? about.clockSkew.value : 0);
  const apiservice = await Promise.all(
    viewed.map(async ({ one, own, views }) => {
      const asked = (nth: number) => viewsOf(ask, one, each, { server, user, own }, nth);
      const division = mayBeDivided(one, views, serverClock) ? divisionOf([...views, ...(await again(asked))]) : null;
      const subject: Subject = { scope: 'apiservice', name: one.name };
      const failure = division ? null : failureOf(one, own, moment, minor);
      const facts = { apiService: known(one), discovery: own, failure: known(failure), division: known(division) };
      return { subject, facts };
    }),
  );
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
      distribution: {
        ok: true,
        value: distributionOf(
          version.ok ? version.value.text : null,
          fileOf(manifests),
          apiservers.ok && apiservers.value.some(({ kubeadm }) => kubeadm),
        ),
      },
      serverCertificate: behindApi(serving),
      ownCredentials: behindApi(ownCredentials(about.version)),
      authConfigMap,
      commonFailure: remote.ok
        ? {
            ok: true,
            value: commonFailure(apiservice.map(({ facts }) => ({ service: facts.apiService.value, failure: facts.failure.value }))),
          }
        : because('apiservice'),
      endpoints: announced.ok ? endpoints : behindApi(announced),
      distrusts: known(distrusts(apiserver, moment)),
    },
    apiserver: apiservers.ok ? { ok: true, value: apiserver } : apiservers,
    apiservice: remote.ok ? { ok: true, value: apiservice } : remote,
  };
  const leaf = shown.ok && serving.ok ? serving.value.value : null;
  const strangers = apiserver.flatMap(({ facts: { flags, nodeFiles, clientCa } }) =>
    nodeFiles.ok && flags.ok && version.ok && server
      ? (twoClusters({ flags: flags.value, server, endpoints: announced, shown: leaf, clientCa }) ?? [])
      : [],
  );
  return { gathered, mismatch: differentUids(uids) ?? strangers[0] ?? null, waves };
}

const known = <T>(value: T) => ({ ok: true, value }) as const;

/** The path of the first manifest that was read. */
const fileOf = (manifests: readonly { readonly manifest: Observed<Manifest> }[]): string | null =>
  manifests.flatMap(({ manifest }) => (manifest.ok && 'file' in manifest.value.at ? [manifest.value.at.file] : []))[0] ?? null;

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
