/** Writing to a cluster, and what `deploy-sample` tells while it runs and at its end. Plain, immutable data. */
import type { ApiPath } from './api-path.ts';
import type { Command } from './command.ts';
import type { ExitStatus, Finding } from './report.ts';
import type { Ask } from './source.ts';

/** An object as it is sent. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/**
 * What became of a request that writes. `foreign`: the object is there and is not aggctl's, so nothing was sent; `denied`: no permission;
 * `conflict`: it is there already; `refused`: any other answer of kube-apiserver, with its status; `unreachable`: none.
 */
export type Written =
  | { readonly ok: true; readonly did: 'created' | 'changed' | 'unchanged' | 'deleted' | 'absent' }
  | {
      readonly ok: false;
      readonly why: 'foreign' | 'denied' | 'conflict' | 'refused' | 'unreachable';
      readonly status: number | null;
      readonly message: string;
    };

/** The only door through which something is changed. Paths are those of the object, from `/`; no expected trouble is thrown. */
export interface Writer {
  /** Server-side apply. `dryRun`: kube-apiserver judges it, admission included, and keeps nothing. */
  apply(path: ApiPath, object: Manifest, options?: { readonly dryRun?: boolean }): Promise<Written>;
  /** POST to the collection that the path names. */
  create(path: ApiPath, object: Manifest, options?: { readonly dryRun?: boolean }): Promise<Written>;
  /** JSON merge patch of an object that is aggctl's. */
  patch(path: ApiPath, change: object): Promise<Written>;
  /** Applies `object` with type and data of the Secret at `from`; nobody else sees them. */
  copySecret(from: ApiPath, path: ApiPath, object: Manifest): Promise<Written>;
  /** Deletes everything in a collection that carries the owner's label. */
  removeAll(collection: ApiPath): Promise<Written>;
  /** Deletes the very object that was found to be aggctl's, in the background. */
  remove(path: ApiPath): Promise<Written>;
}

/** How a step ended. `proves`: in place of the step's own. `why`: its time ran out, or the API gave no answer. `findings`: what the checks say, where the step asked them itself. */
export type Outcome =
  | { readonly done: true; readonly proves?: string }
  | { readonly done: false; readonly message: string; readonly why?: 'late' | 'unreachable'; readonly findings?: readonly Finding[] };

/** `whole`: everything that the checks look at could be seen. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly whole: boolean;
}

/** What a step is handed. */
export interface Hands {
  readonly writer: Writer;
  readonly source: Ask;
  /** The same cluster, asked under impersonation; null: this connection impersonates already. */
  readonly sourceAs: ((user: string, groups: readonly string[]) => Ask) | null;
  /** What the checks find now, of the cluster and of the sample's APIService; they look behind one that does not exist yet when it is given. */
  readonly diagnose: (unregistered?: Manifest) => Promise<Diagnosis>;
  /** Waits a moment; false: the step's time is over. */
  readonly pause: () => Promise<boolean>;
}

/** A step tells what it sees as it goes, each in a sentence without a full stop. */
export interface TourStep<P> {
  readonly id: string;
  /** What it does, imperative. */
  readonly title: string;
  /** What is known once it is done. */
  readonly proves: string;
  /** The hop of a request's path that it proves, in a few words. */
  readonly hop: string;
  readonly run: (hands: Hands, plan: P) => AsyncGenerator<string, Outcome>;
}

export interface StepResult {
  readonly id: string;
  readonly title: string;
  readonly proves: string;
  readonly hop: string;
  readonly status: 'done' | 'failed';
  /** Why it failed. */
  readonly message?: string;
  readonly notes: readonly string[];
  /** How long it took, milliseconds. */
  readonly ms: number;
}

/** Yielded as it happens. */
export type StepEvent =
  | { readonly kind: 'step'; readonly id: string; readonly title: string; readonly number: number; readonly of: number }
  | { readonly kind: 'note'; readonly id: string; readonly message: string }
  | ({ readonly kind: 'ended'; readonly findings: readonly Finding[] } & StepResult);

/** An object of the sample, as a person names it. */
export interface SampleObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What `deploy-sample` ends with. */
export interface SampleRun {
  readonly schemaVersion: 1;
  readonly kind: 'SampleRun';
  readonly aggctl: string;
  readonly server: string;
  readonly action: 'deploy' | 'deploy-and-delete' | 'delete';
  readonly steps: readonly StepResult[];
  /** Ids of steps that an earlier failure kept from running. */
  readonly notRun: readonly string[];
  /** What the checks found when a step failed, the root cause first. */
  readonly findings: readonly Finding[];
  /** What aggctl made and what is still there; null: it was not looked at, or could not be. */
  readonly left: readonly SampleObject[] | null;
  /** The command that removes that. */
  readonly removeWith: Command;
  readonly ms: number;
  readonly summary: { readonly done: number; readonly failed: number; readonly notRun: number; readonly exitStatus: ExitStatus };
}

/** `deploy-sample --dry-run`: what would be applied, for `kubectl apply -f -`. */
export interface Manifests {
  readonly schemaVersion: 1;
  readonly kind: 'Manifests';
  readonly objects: readonly Manifest[];
}
