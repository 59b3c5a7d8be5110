/** Source → facts, in two waves: what can be asked without knowing anything, then what the first answers name. */
import type { Ask, Choices, Gathered, Observed, Subject } from '../model.ts';
import { type ApiServiceObject, apiServicesPath, discover, remoteApiServices } from './api-services.ts';
import { apiserverFacts } from './apiserver-facts.ts';
import { joinApiservers, manifestPaths, mirrorPodsPath, readLocalManifest } from './apiservers.ts';
import { authConfigMapPath, readAuthConfigMap } from './auth-configmap.ts';
import { addressOf, distributionOf, readEndpoints, readIdentity, readVersion, serverCertificate } from './cluster.ts';
import { commonFailure } from './common-failure.ts';
import { failureOf } from './failure.ts';
import { get, list } from './kubernetes.ts';
import { because, blame, map } from './observed.ts';
import { twoClusters } from './same-cluster.ts';

export interface GatherOptions {
  readonly choices: Choices;
  /** The manifest to judge, in place of the well-known static pod paths. */
  readonly manifest?: string;
  /** Told of each wave before its questions are asked, from 1. */
  readonly onWave?: (wave: number) => void;
}
/** The facts; and, when this node's files and the API are not shown to be one cluster, the sentence that says so. */
export interface GatheredHere {
  readonly gathered: Gathered;
  readonly mismatch: string | null;
}

/** Asks everything that the checks need. Never throws; what cannot be had is an `Unavailable` in its place. */
export async function gather(ask: Ask, { choices, manifest: named, onWave = () => {} }: GatherOptions): Promise<GatheredHere> {
  onWave(1);
  const [clock, connected, manifest, about, whoami, configMap, services, mirrors, endpoints] = await Promise.all([
    ask({ kind: 'clock' }),
    ask({ kind: 'connection' }),
    readLocalManifest(ask, named ? [named] : manifestPaths),
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
  const apiservers = joinApiservers(manifest, behindApi(mirrors));
  const remote = behindApi(map(services, remoteApiServices));

  onWave(2);
  const context = { server, configMap: authConfigMap, now: moment, api: { connection, version } };
  const user = identity.ok ? identity.value.user : null;
  const minor = version.ok ? version.value.minor : null;
  const [shown, apiserver, apiservice] = await Promise.all([
    connection.ok ? handshake(ask, connection.value.server) : connection,
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
          manifest.ok && 'file' in manifest.value.at ? manifest.value.at.file : null,
          apiservers.ok && apiservers.value.some(({ kubeadm }) => kubeadm),
        ),
      },
      serverCertificate: behindApi(serving),
      ownCredentials: map(connection, () => ({ expired: expiredBy(about.version, 'client') })),
      authConfigMap,
      commonFailure: remote.ok
        ? {
            ok: true,
            value: commonFailure(apiservice.map(({ facts }) => ({ service: facts.apiService.value, failure: facts.failure.value }))),
          }
        : because('apiservice'),
    },
    apiserver: apiservers.ok ? { ok: true, value: apiserver } : apiservers,
    apiservice: remote.ok ? { ok: true, value: apiservice } : remote,
  };
  const comparable = local?.flags.ok && version.ok && server;
  const leaf = shown.ok && serving.ok ? serving.value.value : null;
  const mismatch = comparable ? twoClusters({ flags: local.flags.value, server, endpoints, shown: leaf, clientCa: local.clientCa }) : null;
  return { gathered, mismatch };
}

/** The sentence of an answer that failed because a certificate or token had expired. */
const expiredBy = (observed: Observed<unknown>, whose: 'client' | 'server') =>
  !observed.ok && observed.expired === whose ? observed.message : null;

const noKubeconfig = {
  ok: false,
  why: 'excluded',
  message: 'there is no kubeconfig, so the API is not asked; name one with --kubeconfig or KUBECONFIG',
} as const;

const handshake = (ask: Ask, server: string) => {
  const { host, port } = addressOf(server);
  return ask({ kind: 'handshake', host, port, serverName: host, present: 'none' });
};
