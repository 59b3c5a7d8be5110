/** What a fault of the lab is, and the steps that several of them share. */
import type { ControlPlane } from '../control-plane.ts';
import { issue, type Pair, type Wanted } from '../pki.ts';
import type { Server } from '../servers.ts';

export interface Lab {
  readonly cp: ControlPlane;
  /** The real sample-apiserver; its APIService is v1alpha1.wardle.example.com. */
  readonly sample: Server;
}
/** What aggctl must say of a scenario. */
export interface Declared {
  /** Name of the scenario that it records. */
  readonly name: string;
  /** Ids of all findings and nested symptoms; the injected one first. */
  readonly finds: readonly string[];
  readonly status: number;
}
/** Its outcome, as a test compares it. */
export const outcomeOf = ({ finds, status }: Omit<Declared, 'name'>) => ({ first: finds[0], ids: [...finds].sort(), status });

export interface Fault<L = Lab> extends Declared {
  /** On 1.35, where those are others. */
  readonly findsOn135?: readonly string[];
  /** Makes the fault, and waits until the cluster shows what it is going to show. */
  readonly inject: (lab: L) => Promise<void>;
  /** Takes away what would stand in the way of the next fault; files and the objects of the lab are restored anyway. */
  readonly undo?: (lab: L) => Promise<void>;
  /** Diagnosed without the node's files. */
  readonly fromLaptop?: boolean;
  /** Path on the node of a manifest that is judged in place of the one there (`--manifest`). */
  readonly manifest?: string;
  /** The APIService that is checked by itself, and whose extension server is asked directly (`check-apiservice --as-front-proxy`). */
  readonly asFrontProxy?: string;
  /** The APIService that is checked by itself (`check-apiservice`). */
  readonly named?: string;
  /** Secrets may be read (`--read-secrets`). */
  readonly readSecrets?: boolean;
  /** The same fault is injected on the older versions, too. */
  readonly everywhere?: boolean;
}

export const apiService = 'v1alpha1.wardle.example.com';
export const pki = 'etc/kubernetes/pki';
const day = 86_400_000;
export const ago = (days: number) => new Date(Date.now() - days * day);
export const rejected = ['extension-servers-reject-front-proxy', 'apiservice-unavailable'];
export const anonymous = ['extension-servers-see-anonymous', 'apiservice-unavailable'];

/** Puts another front-proxy pair in place; kube-apiserver reads it without a restart. */
export async function present(cp: ControlPlane, wanted: Wanted): Promise<Pair> {
  const issuer = await cp.pair('front-proxy-ca');
  const pair = await issue({ commonName: 'front-proxy-client', extendedKeyUsage: ['clientAuth'], issuer, ...wanted });
  await cp.write(`${pki}/front-proxy-client.key`, pair.key);
  await cp.write(`${pki}/front-proxy-client.crt`, pair.cert);
  return pair;
}
export const unavailable = async (cp: ControlPlane, text: string) => void (await cp.waitAvailable(apiService, 'False', text));
/** kube-apiserver exits, and says this. */
export async function dies(cp: ControlPlane, text: string): Promise<void> {
  const { log } = await cp.expectExit();
  if (!log.join('\n').includes(text)) throw new Error(`kube-apiserver exited without saying "${text}":\n${log.join('\n')}`);
}

/** Restarts with the manifest as it is now, and lets the ConfigMap hold only what this manifest says. */
export async function restartAndRewrite({ cp, sample }: Lab): Promise<void> {
  await cp.restartApiserver();
  await cp.deleteAuthenticationConfigMap();
  await sample.stop();
  await sample.start();
}
