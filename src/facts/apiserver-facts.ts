/** The facts of one kube-apiserver: its flags, the files they name, and Go's judgement of them. */
import type { Ask, AuthenticationConfigMap, FactName, FactsFor, Flags, Observed, Subject, Unavailable } from '../model.ts';
import { type Apiserver, runningFlags } from './apiservers.ts';
import { clientCaIdentity } from './client-ca-identity.ts';
import { lastExit } from './exit-log.ts';
import type { VolumeMount } from './manifest.ts';
import { certificateFile, keyFile } from './named-files.ts';
import { because, blame, map } from './observed.ts';
import { proxiedServices, type ServiceAddresses } from './proxied.ts';
import { authenticationConfig, egressSelector, type Folder, manifestTwins } from './startup-files.ts';
import { judgeTrust } from './trust.ts';

export interface ApiserverContext {
  /** URL of the kubeconfig's server; null without one. */
  readonly server: string | null;
  readonly configMap: Observed<AuthenticationConfigMap | null>;
  readonly now: Date;
  /** What every answer of the API stands on. */
  readonly api: Readonly<Partial<Record<FactName, Observed<unknown>>>>;
  /** Asks in a later wave, from 1. */
  readonly wave: (n: number) => Ask;
  /** The folder of this node's manifest. */
  readonly folder: Observed<Folder>;
  /** Of a manifest that lies elsewhere: the flags of the one in place, null when there is none. undefined: it is the one in place. */
  readonly replaces?: Flags | null;
  /** Of the extension servers; known only where a proxy makes it matter. */
  readonly services: Promise<Observed<readonly ServiceAddresses[]>>;
}

/** Asks for the files of this node, and for `/flagz` where it is known whose answer that is. */
export async function apiserverFacts(
  ask: Ask,
  apiserver: Apiserver,
  { server, configMap, now, api, wave, folder, replaces, services }: ApiserverContext,
): Promise<{ subject: Subject; facts: FactsFor<'apiserver'> }> {
  const { node, manifest, flags, commandLine } = apiserver;
  const subject: Subject = { scope: 'apiserver', name: node };
  const flag = (name: string) => flags.byName[name];
  const certificates = async (name: string, content: 'bundle' | 'chain', wanted = true) =>
    manifest.ok ? certificateFile(ask, wanted ? flag(name) : undefined, content, manifest.value.mounts, node) : because('nodeFiles');
  // Half a pair is no pair: kube-apiserver does not open the other file then.
  const pair = Boolean(flag('proxy-client-cert-file')?.value && flag('proxy-client-key-file')?.value);
  const onNode = <T>(ask: (mounts: readonly VolumeMount[]) => Promise<Observed<T>>) =>
    manifest.ok ? ask(manifest.value.mounts) : because('nodeFiles');
  const down = api.version?.ok !== true && replaces === undefined;
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
    runningFlags(ask, server, apiserver),
    certificates('proxy-client-cert-file', 'chain', pair),
    manifest.ok ? keyFile(ask, pair ? flag('proxy-client-key-file') : undefined, manifest.value.mounts, node) : because('nodeFiles'),
    certificates('requestheader-client-ca-file', 'bundle'),
    certificates('client-ca-file', 'bundle'),
    certificates('tls-cert-file', 'chain'),
    onNode((mounts) => egressSelector(ask, wave(2), flags, mounts)),
    onNode((mounts) => authenticationConfig(ask, flags, mounts)),
    manifest.ok && folder.ok
      ? manifestTwins(ask, manifest.value, folder.value)
      : manifest.ok
        ? (folder as Unavailable)
        : because('nodeFiles'),
    onNode(async () => (down ? lastExit(wave, node, flags) : { ok: true as const, value: null })),
    services,
  ]);
  const inPlace = replaces ?? (running.ok ? running.value : null);
  return {
    subject,
    facts: {
      flags: { ok: true, value: flags },
      runningFlags: blame(running, api),
      nodeFiles: manifest.ok ? { ok: true, value: manifest.value.process } : manifest,
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
      proposal: { ok: true, value: replaces === undefined || !manifest.ok ? null : { replaces: inPlace } },
      ...judgeTrust({ cert: proxyClientCert, key: proxyClientKey }, requestheaderCa, configMap, now),
      clientCaIdentity: clientCaIdentity(proxyClientCert, clientCa, now),
    },
  };
}
