/**
 * Sources → facts, in waves: what can be asked without knowing anything, what the first answers name, each kube-apiserver by itself, and a
 * second look where they disagree; beside these two, the extension servers' logs. The node's files come as soon as the flags are read.
 */

import { distributionOf, type Evidence, unseen } from '../distributions/index.ts';
import type { Ask, Choices, Gathered, Observed } from '../model.ts';
import { type ApiServiceObject, apiServicesPath, discover, listApiServices, remoteApiServices } from './api-services.ts';
import { apiserverFacts } from './apiserver-facts.ts';
import { joinApiservers, mirrorPodsPath, otherMirrorPodsPath, addressOf as ownAddressOf, type Pod } from './apiservers.ts';
import { authConfigMapPath, readAuthConfigMap } from './auth-configmap.ts';
import { authDelegators, readBindings } from './bindings.ts';
import { readEndpoints, readIdentity, readNodeLabels, readVersion, serverCertificate } from './cluster.ts';
import { commonFailure } from './common-failure.ts';
import { connect, noKubeconfig, ownCredentials } from './connection.ts';
import { readPublished } from './discovery-document.ts';
import { distrusts } from './distrusts.ts';
import { announcedAddresses, askEndpoints } from './endpoints.ts';
import { apiservicesOf, isNamed, lookAtAll } from './every-apiservice.ts';
import { failureOf } from './failure.ts';
import { frontProxyGrants, frontProxyNames } from './front-proxy-grants.ts';
import { noHistory, readHistory } from './history.ts';
import { readKubeadmConfig } from './kubeadm-config.ts';
import { get, list } from './kubernetes.ts';
import { readLocals } from './locals.ts';
import { because, blame, map } from './observed.ts';
import { readOpenAPIList } from './open-api.ts';
import { failuresBeside } from './own-logs.ts';
import { allAddresses, proxyVariable } from './proxied.ts';
import type { InWave } from './readers/reader.ts';
import { differentUids, twoClusters } from './same-cluster.ts';
import { readSideEffects } from './side-effects.ts';
import { newestFirst, readUid } from './sources.ts';
import { unclaimedEntries } from './unclaimed-entries.ts';
import { upgradeFrom } from './version-rules.ts';
import { inWaves } from './waves.ts';

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
export async function gather(sources: readonly Ask[], { choices, manifest }: GatherOptions): Promise<GatheredHere> {
  const waves: number[] = [];
  const ordered = (await newestFirst(sources)).map((source) => inWaves(source, waves));
  const api = ordered[0] as InWave;
  const reading = readLocals(ordered, manifest);
  const ask = api(0);
  const [uids, clock, [connected, shown], about, whoami, configMap, services, mirrors, otherMirrors, announced, nodeLabels, bindings] =
    await Promise.all([
      Promise.all(ordered.map((source) => readUid(source(0)))),
      ask({ kind: 'clock' }),
      connect(ask),
      readVersion(ask),
      readIdentity(ask),
      get<object>(ask, authConfigMapPath),
      list<ApiServiceObject>(ask, apiServicesPath),
      list<Pod>(ask, mirrorPodsPath),
      list<Pod>(ask, otherMirrorPodsPath),
      readEndpoints(ask),
      readNodeLabels(ask),
      readBindings(ask),
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
  const remote = behindApi(map(services, remoteApiServices));
  const addresses = announcedAddresses(announced);
  const user = identity.ok ? identity.value.user : null;
  // The API is asked on while flags are read: a unit of systemd takes up to three waves.
  const asking = Promise.all([
    Promise.all((remote.ok ? remote.value : []).map(async (one) => ({ one, own: await discover(api(1), one, user) }))),
    askEndpoints(api(1), addresses, server),
    readSideEffects(api(1), remote.ok ? remote.value : []),
    listApiServices(api(1), services.ok ? services.value : []),
    readPublished(api(1), remote.ok ? remote.value : []),
    readOpenAPIList(api(1), remote.ok ? remote.value : []),
  ]);

  const { locals, before } = await reading;
  const joined = joinApiservers(locals, behindApi(pods));
  const here = locals.flatMap((local) => (local.manifest.ok ? [local.manifest.value] : []))[0];
  const evidence: Evidence = {
    version: version.ok ? version.value.text : undefined,
    server: server ?? undefined,
    file: here && 'file' in here.at ? here.at.file : undefined,
    origin: here?.origin,
    labels: [...nodeLabels, ...(pods.ok ? pods.value : []).flatMap(({ metadata }) => labelsOf(metadata?.labels))],
    kubeadm: joined.ok && joined.value.some(({ kubeadm }) => kubeadm),
  };
  const apiservers = joined.ok || joined.because ? joined : unseen(evidence, joined);
  const all = apiservers.ok ? apiservers.value : [];
  const nodeOf = (address: string) => all.find(({ flags }) => ownAddressOf(flags) === address)?.node ?? null;
  const next = api(before + 1);
  const behindProxy = all.some(({ commandLine }) => proxyVariable(commandLine));
  const context = {
    server,
    announced: addresses,
    configMap: authConfigMap,
    now: moment,
    api: { connection, version },
    services: behindProxy ? allAddresses(next, remote) : Promise.resolve(known([])),
  };
  const judging = Promise.all([
    evidence.kubeadm && choices.targetVersion !== undefined ? readKubeadmConfig(next) : known(null),
    Promise.all(all.map((one) => apiserverFacts(next, one, context))),
  ]);
  const granting = judging.then(([, each]) => frontProxyGrants(api(before + 2), bindings, frontProxyNames(authConfigMap, each)));

  const [discovered, asked, sideEffects, apiServices, published, openAPIList] = await asking;
  const endpoints = map(asked, (each) => each.map((one) => ({ ...one, node: nodeOf(one.address) })));
  const each = endpoints.ok ? endpoints.value : [];
  const minor = version.ok ? version.value.minor : null;
  const serverClock = (taken.ok ? taken.value.getTime() : 0) + (about.clockSkew.ok ? about.clockSkew.value : 0);
  const seen = discovered.map(({ one, own }) => ({ service: one, own, failure: failureOf(one, own, moment, minor) }));
  const around = {
    server,
    user,
    serverClock,
    choices,
    endpoints: each,
    apiServices,
    openAPIList,
    apiservers: all,
    configMap: authConfigMap,
    announced: addresses,
    bindings,
    clock: taken.ok ? taken.value : moment,
  };
  const [looked, [kubeadmConfig, apiserver], grants, history] = await Promise.all([
    lookAtAll(api, seen, around),
    judging,
    granting,
    choices.history && remote.ok
      ? readHistory(api(2), {
          apiServices: seen.flatMap((one) => (isNamed(choices, one) ? [one.service] : [])),
          servers: each.flatMap(({ address, version: shows }) => (shows.ok ? [address] : [])),
          pods,
          commandLines: all.map(({ commandLine }) => commandLine),
          nodes: all.flatMap(({ local: onNode }) => (onNode ? [onNode.files] : [])),
          now: taken.ok ? taken.value : moment,
        })
      : noHistory,
  ]);
  const { apiservice, loggedRejection } = apiservicesOf(seen, looked, { apiserver, moment, minor });
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
      unclaimedEntries: apiservers.ok ? map(authConfigMap, (one) => unclaimedEntries(one, apiserver, announced)) : because('apiserver'),
      ...history,
      commonFailure: remote.ok ? known(commonFailure(failuresBeside(apiservice))) : because('apiservice'),
      upgrade: map(version, ({ minor: from }) => upgradeFrom(from, choices.targetVersion)),
      kubeadmConfig: behindApi(kubeadmConfig),
      loggedRejection: remote.ok ? loggedRejection : because('apiservice'),
      kubeApiserverAddresses: announced.ok ? announced : because('endpoints'),
      endpoints: announced.ok ? endpoints : behindApi(announced),
      stuckNamespaces: remote.ok ? sideEffects.stuckNamespaces : because('apiservice'),
      blindAutoscalers: remote.ok ? sideEffects.blindAutoscalers : because('apiservice'),
      distrusts: known(distrusts(apiserver, moment)),
      frontProxyGrants: behindApi(grants),
      authDelegators: bindings.ok ? known(authDelegators(bindings.value)) : because('frontProxyGrants'),
      apiServices: remote.ok ? known(apiServices) : because('apiservice'),
      publishedVersions: behindApi(published),
      openAPIList: behindApi(openAPIList),
    },
    apiserver: apiservers.ok ? { ok: true, value: apiserver } : apiservers,
    apiservice: remote.ok ? { ok: true, value: apiservice } : remote,
  };
  const leaf = shown.ok && serving.ok ? serving.value.value : null;
  const strangers = apiserver.flatMap(({ facts }) =>
    facts.nodeFiles.ok && facts.flags.ok && version.ok && server
      ? (twoClusters({ ...facts, flags: facts.flags.value, server, endpoints: announced, shown: leaf, configMap: authConfigMap }) ?? [])
      : [],
  );
  return { gathered, mismatch: differentUids(uids) ?? strangers[0] ?? null, waves };
}

const known = <T>(value: T) => ({ ok: true, value }) as const;
const labelsOf = (labels: Readonly<Record<string, string>> = {}) => Object.entries(labels).map(([name, value]) => `${name}=${value}`);
