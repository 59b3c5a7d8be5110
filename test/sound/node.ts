/** A control-plane node of files as a test makes them: sound, however odd they look. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { doctor } from '../../src/commands/doctor.ts';
import type { Report } from '../../src/model.ts';
import { ca, client } from '../support/facts.ts';
import { type Issued, issue, keyPair, privatePem, type Recipe } from '../support/pki.ts';

export const pki = '/etc/kubernetes/pki';
export const manifestPath = '/etc/kubernetes/manifests/kube-apiserver.yaml';

/** Days from now. */
export const inDays = (count: number): Date => new Date(Date.now() + count * 86_400_000);
const long = { notBefore: inDays(-100), notAfter: inDays(1000) };
export const authority = (name: string, recipe: Partial<Recipe> = {}): Issued => ca(name, { ...long, ...recipe });
export const leaf = (issuer: Issued, recipe: Partial<Recipe> = {}): Issued => client(issuer, { ...long, ...recipe });

export const signer = authority('front-proxy-ca');
const clients = authority('kubernetes');
const own = leaf(signer);

/** Flags as kubeadm writes them, by their names. */
export const kubeadmFlags: Readonly<Record<string, string>> = {
  'authorization-mode': 'Node,RBAC',
  'client-ca-file': `${pki}/ca.crt`,
  'proxy-client-cert-file': `${pki}/front-proxy-client.crt`,
  'proxy-client-key-file': `${pki}/front-proxy-client.key`,
  'requestheader-allowed-names': 'front-proxy-client',
  'requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
  'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
  'requestheader-group-headers': 'X-Remote-Group',
  'requestheader-username-headers': 'X-Remote-User',
  'tls-cert-file': `${pki}/apiserver.crt`,
  'tls-private-key-file': `${pki}/apiserver.key`,
};
export const words = (flags: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(flags).map(([name, value]) => `--${name}=${value}`);

/** Its files by their path; one that is `{ to }` is a link. */
export type Files = Readonly<Record<string, string | { readonly to: string }>>;
const serving = issue({
  subject: [['CN', 'kube-apiserver']],
  key: keyPair('p-256', 'serving'),
  issuer: clients,
  extendedKeyUsage: ['serverAuth'],
  authorityKeyId: true,
  dns: ['kubernetes'],
  ...long,
});
export const pkiFiles: Files = {
  [`${pki}/ca.crt`]: clients.pem,
  [`${pki}/front-proxy-ca.crt`]: signer.pem,
  [`${pki}/front-proxy-client.crt`]: own.pem,
  [`${pki}/front-proxy-client.key`]: privatePem(own.key),
  [`${pki}/apiserver.crt`]: serving.pem,
  [`${pki}/apiserver.key`]: privatePem(serving.key),
  '/etc/hostname': 'cp-1\n',
};

/** The manifest of a Pod, in the one form that every parser of YAML reads. */
export function pod(command: readonly string[], container: object = {}, spec: object = {}): string {
  const mounts = { volumeMounts: [{ name: 'pki', mountPath: pki, readOnly: true }] };
  const kubeApiserver = { name: 'kube-apiserver', image: 'registry.k8s.io/kube-apiserver:v1.37.2', command, ...mounts, ...container };
  const volumes = [{ name: 'pki', hostPath: { path: pki, type: 'DirectoryOrCreate' } }];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'kube-apiserver', namespace: 'kube-system' },
    spec: { hostNetwork: true, containers: [kubeApiserver], volumes, ...spec },
  });
}
/** The manifest with some of kubeadm's flags otherwise; null leaves one out. */
export function withFlags(set: Readonly<Record<string, string | null>>): Files {
  const flags = Object.entries({ ...kubeadmFlags, ...set }).filter((entry): entry is [string, string] => entry[1] !== null);
  return { [manifestPath]: pod(['kube-apiserver', ...words(Object.fromEntries(flags))]) };
}

/** What `doctor` says of a node with these files: each finding and file that could not be read, how many checks passed, and what is not visible. */
export async function saidOf(
  files: Files,
): Promise<{ readonly wrong: readonly string[]; readonly healthy: number; readonly notSeen: readonly string[] }> {
  const root = mkdtempSync(join(tmpdir(), 'aggctl-sound-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      if (typeof content !== 'string') symlinkSync(content.to, join(root, path));
      else writeFileSync(join(root, path), content, { mode: path.endsWith('.key') ? 0o600 : 0o644 });
    }
    const steps = doctor({ root }, { signal: new AbortController().signal, env: {}, now: () => new Date(), sleep: async () => {} });
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    const { findings, unavailable, crashed, summary } = step.value as Report;
    return {
      wrong: [
        ...findings.map(({ id, message }) => `${id}: ${message}`),
        ...crashed.map(({ id, error }) => `${id}: ${error}`),
        ...unavailable.filter(({ why }) => why === 'malformed' || why === 'denied').map(({ message }) => message),
      ],
      healthy: summary.passed,
      notSeen: unavailable.map(({ message }) => message),
    };
  } finally {
    rmSync(root, { recursive: true });
  }
}
