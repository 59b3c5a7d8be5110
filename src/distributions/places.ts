/** Where the distributions keep what aggctl reads and names. Pure. */
import type { Flags } from '../model.ts';
import { distributions } from './all.ts';
import * as byHand from './by-hand.ts';
import type { Distribution, FlagFile, FrontProxyFiles } from './distribution.ts';

/** The name of a distribution; null or undefined: not known. */
export type DistributionName = string | null | undefined;

export const named = (name: DistributionName): Distribution | undefined => distributions.find((one) => one.name === name);
const startedBy = (origin: Flags['origin']) => distributions.find(({ marks }) => marks.origin === origin);

/** Where kube-apiserver's static pod manifest may be. */
export const manifestPaths: readonly string[] = distributions.flatMap(({ manifest }) => manifest ?? []);
/** Where the administrator's kubeconfig may be on a control-plane node. */
export const kubeconfigPaths: readonly string[] = distributions.flatMap(({ kubeconfig }) => kubeconfig ?? []);

/** Paths of the front proxy's files; of an unknown distribution only kubeadm's names. */
export const frontProxyFiles = (name: DistributionName): FrontProxyFiles => named(name)?.frontProxy ?? byHand.frontProxy;
/** The same where the distribution keeps them itself, else null. */
export const standardFilesOf = (name: DistributionName): FrontProxyFiles | null => named(name)?.frontProxy ?? null;
/** The CA of clients' certificates; null: not known. */
export const clientCaOf = (name: DistributionName): string | null => named(name)?.clientCa ?? null;
/** The same, with a placeholder. */
export const clientCaFile = (name: DistributionName): string => named(name)?.clientCa ?? byHand.clientCa;

/** What is edited, and how it comes into force; undefined where no one file holds all flags. */
export const flagFileOf = (origin: Flags['origin']): FlagFile | undefined => startedBy(origin)?.flagFile ?? byHand.flagFiles[origin];
/** The unit in whose journal kube-apiserver's log is; undefined for a static pod. */
export const journalOf = (origin: Flags['origin']): string | undefined => startedBy(origin)?.journal ?? byHand.journals[origin];

/** The distribution runs Kubernetes as Kubernetes builds it; null: nothing tells of another. */
export const isUpstreamBuild = (name: string | null): boolean => name === null || named(name)?.upstreamBuild === true;

const programs = [...byHand.programs, ...distributions.flatMap((one) => one.programs ?? [])];
/** Whether a field manager is kube-apiserver, by itself or inside another program. */
export const isKubeApiserver = (manager: string): boolean =>
  manager.includes('kube-apiserver') || programs.some((program) => manager.startsWith(program));
