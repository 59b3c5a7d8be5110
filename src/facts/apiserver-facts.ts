/** The facts of one kube-apiserver: its flags, the files they name, and Go's judgement of them. */
import type { Ask, AuthenticationConfigMap, FactName, FactsFor, Observed, Subject } from '../model.ts';
import { type Apiserver, runningFlags } from './apiservers.ts';
import { clientCaIdentity } from './client-ca-identity.ts';
import { lastExit } from './exit-log.ts';
import type { Local } from './locals.ts';
import type { Manifest } from './manifest.ts';
import { certificateFile, keyFile } from './named-files.ts';
import { because, blame, map } from './observed.ts';
import { proxiedServices, type ServiceAddresses } from './proxied.ts';
import { authenticationConfig, egressSelector, manifestTwins } from './startup-files.ts';
import { judgeTrust } from './trust.ts';

export interface ApiserverContext {
  /** URL of the kubeconfig's server; null without one. */
  readonly server: string | null;
  /** Addresses (`host:port`) of the kube-apiservers that may be asked one by one. */
  readonly announced: readonly string[];
  readonly configMap: Observed<AuthenticationConfigMap | null>;
  readonly now: Date;
  /** What every answer of the API stands on. */
  readonly api: Readonly<Partial<Record<FactName, Observed<unknown>>>>;
  /** Of the extension servers; known only where a proxy makes it matter. */
  readonly services: Promise<Observed<readonly ServiceAddresses[]>>;
}

/** Asks for the files of its node, and for `/flagz` (by `ask`) where it is known whose answer that is. */
export async function apiserverFacts(
  ask: Ask,
  apiserver: Apiserver,
  { server, announced, configMap, now, api, services }: ApiserverContext,
): Promise<{ subject: Subject; facts: FactsFor<'apiserver'> }> {
  const { node, flags, commandLine, local } = apiserver;
  const subject: Subject = { scope: 'apiserver', name: node };
  const flag = (name: string) => flags.byName[name];
  const onNode = async <T>(
    read: (manifest: Manifest, files: Ask, local: Local) => Observed<T> | Promise<Observed<T>>,
  ): Promise<Observed<T>> =>
    local && apiserver.manifest.ok ? read(apiserver.manifest.value, local.files(1), local) : because('nodeFiles');
  const certificates = (name: string, content: 'bundle' | 'chain', wanted = true) =>
    onNode(({ mounts }, files) => certificateFile(files, wanted ? flag(name) : undefined, content, mounts, node));
  // Half a pair is no pair: kube-apiserver does not open the other file then.
  const pair = Boolean(flag('proxy-client-cert-file')?.value && flag('proxy-client-key-file')?.value);
  const down = api.version?.ok !== true && local?.replaces === undefined;
  const [
    running,
    proxyClientCert,
    proxyClientKey,
    requestheaderCa,
    clientCa,
    servingCert,
    selector,
    authentication,
    twins,
    exit,
    addresses,
  ] = await Promise.all([
    runningFlags(ask, server, apiserver, announced),
    certificates('proxy-client-cert-file', 'chain', pair),
    onNode(({ mounts }, files) => keyFile(files, pair ? flag('proxy-client-key-file') : undefined, mounts, node)),
    certificates('requestheader-client-ca-file', 'bundle'),
    certificates('client-ca-file', 'bundle'),
    certificates('tls-cert-file', 'chain'),
    onNode(({ mounts }, files, from) => egressSelector(files, from.files(2), flags, mounts)),
    onNode(({ mounts }, files) => authenticationConfig(files, flags, mounts)),
    onNode((manifest, files, { folder }) => (folder.ok ? manifestTwins(files, manifest, folder.value) : folder)),
    onNode((_, __, { files }) => (down ? lastExit(files, node, flags) : { ok: true, value: null })),
    services,
  ]);
  const inPlace = local?.replaces ?? (running.ok ? running.value : null);
  return {
    subject,
    facts: {
      flags: { ok: true, value: flags },
      runningFlags: blame(running, api),
      nodeFiles: map(apiserver.manifest, ({ process }) => process),
      proxyClientCert,
      proxyClientKey,
      requestheaderCa,
      clientCa,
      servingCert,
      commandLine: { ok: true, value: commandLine },
      egressSelector: selector,
      authenticationConfig: authentication,
      manifestTwins: twins,
      lastExit: exit,
      proxied: map(addresses, (all) => proxiedServices(commandLine, flags, all)),
      proposal: { ok: true, value: local?.replaces === undefined ? null : { replaces: inPlace } },
      ...judgeTrust({ cert: proxyClientCert, key: proxyClientKey }, requestheaderCa, configMap, now),
      clientCaIdentity: clientCaIdentity(proxyClientCert, clientCa, now),
    },
  };
}
