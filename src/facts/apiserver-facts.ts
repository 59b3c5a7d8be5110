/** The facts of one kube-apiserver: its flags, the files they name, and Go's judgement of them. */
import type { Ask, AuthenticationConfigMap, FactsFor, Observed, Subject } from '../model.ts';
import { type Apiserver, runningFlags } from './apiservers.ts';
import { certificateFile, keyFile } from './named-files.ts';
import { because } from './observed.ts';
import { judgeTrust } from './trust.ts';

export interface ApiserverContext {
  /** URL of the kubeconfig's server; null without one. */
  readonly server: string | null;
  readonly configMap: Observed<AuthenticationConfigMap | null>;
  readonly now: Date;
}

/** Asks for the files of this node, and for `/flagz` where it is known whose answer that is. */
export async function apiserverFacts(
  ask: Ask,
  apiserver: Apiserver,
  { server, configMap, now }: ApiserverContext,
): Promise<{ subject: Subject; facts: FactsFor<'apiserver'> }> {
  const { node, manifest, flags } = apiserver;
  const subject: Subject = { scope: 'apiserver', name: node };
  const flag = (name: string) => flags.byName[name];
  const certificates = async (name: string, wanted = true) =>
    manifest.ok ? certificateFile(ask, wanted ? flag(name) : undefined, manifest.value.mounts, node) : because('nodeFiles');
  // Half a pair is no pair: kube-apiserver does not open the other file then.
  const pair = Boolean(flag('proxy-client-cert-file')?.value && flag('proxy-client-key-file')?.value);
  const [running, proxyClientCert, proxyClientKey, requestheaderCa, clientCa, servingCert] = await Promise.all([
    runningFlags(ask, server, apiserver),
    certificates('proxy-client-cert-file', pair),
    manifest.ok ? keyFile(ask, pair ? flag('proxy-client-key-file') : undefined, manifest.value.mounts, node) : because('nodeFiles'),
    certificates('requestheader-client-ca-file'),
    certificates('client-ca-file'),
    certificates('tls-cert-file'),
  ]);
  return {
    subject,
    facts: {
      flags: { ok: true, value: flags },
      runningFlags: running,
      nodeFiles: manifest.ok ? { ok: true, value: { runAsUser: manifest.value.runAsUser } } : manifest,
      proxyClientCert,
      proxyClientKey,
      requestheaderCa,
      clientCa,
      servingCert,
      ...judgeTrust({ cert: proxyClientCert, key: proxyClientKey }, requestheaderCa, configMap, now),
    },
  };
}
