/** The facts of one kube-apiserver: its flags, the files they name, and Go's judgement of them. */
import type { Ask, AuthenticationConfigMap, FactName, FactsFor, Observed, Subject } from '../model.ts';
import { type Apiserver, runningFlags } from './apiservers.ts';
import { clientCaIdentity } from './client-ca-identity.ts';
import { certificateFile, keyFile } from './named-files.ts';
import { because, blame } from './observed.ts';
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
}

/** Asks for the files of its node, and for `/flagz` where it is known whose answer that is. */
export async function apiserverFacts(
  ask: Ask,
  apiserver: Apiserver,
  { server, announced, configMap, now, api }: ApiserverContext,
): Promise<{ subject: Subject; facts: FactsFor<'apiserver'> }> {
  const { node, manifest, flags, files = ask } = apiserver;
  const subject: Subject = { scope: 'apiserver', name: node };
  const flag = (name: string) => flags.byName[name];
  const certificates = async (name: string, content: 'bundle' | 'chain', wanted = true) =>
    manifest.ok ? certificateFile(files, wanted ? flag(name) : undefined, content, manifest.value.mounts, node) : because('nodeFiles');
  // Half a pair is no pair: kube-apiserver does not open the other file then.
  const pair = Boolean(flag('proxy-client-cert-file')?.value && flag('proxy-client-key-file')?.value);
  const [running, proxyClientCert, proxyClientKey, requestheaderCa, clientCa, servingCert] = await Promise.all([
    runningFlags(ask, server, apiserver, announced),
    certificates('proxy-client-cert-file', 'chain', pair),
    manifest.ok ? keyFile(files, pair ? flag('proxy-client-key-file') : undefined, manifest.value.mounts, node) : because('nodeFiles'),
    certificates('requestheader-client-ca-file', 'bundle'),
    certificates('client-ca-file', 'bundle'),
    certificates('tls-cert-file', 'chain'),
  ]);
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
      ...judgeTrust({ cert: proxyClientCert, key: proxyClientKey }, requestheaderCa, configMap, now),
      clientCaIdentity: clientCaIdentity(proxyClientCert, clientCa, now),
    },
  };
}
