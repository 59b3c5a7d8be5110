/** Which file of another tool's output holds what: all that is particular to a tool. */

/** A resource as its requests name it: `v1/pods`, `apps/v1/deployments`. */
export type Resource = string;

/** What a file holds. */
export type Holds =
  /** Every object of a resource, in a namespace or in the cluster, if the file is a list. */
  | { readonly is: 'list'; readonly resource: Resource; readonly namespace?: string }
  /** Objects of one resource, and perhaps not all. */
  | { readonly is: 'some'; readonly resource: Resource; readonly namespace?: string }
  /** Objects of any kind; which they are only their text says. */
  | { readonly is: 'objects' }
  /** Of one container; its lines begin with their times where `timed`. */
  | {
      readonly is: 'log';
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
      readonly previous: boolean;
      readonly timed: boolean;
    }
  /** Of all containers of a pod, each between two marks. */
  | { readonly is: 'logs'; readonly namespace: string; readonly pod: string }
  /** The body of the answer to a GET. */
  | { readonly is: 'answer'; readonly path: string }
  /** What tells kube-apiserver's version. */
  | { readonly is: 'version' }
  /** When it was collected. */
  | { readonly is: 'clock' };

/** What one tool writes. */
export interface Reader {
  /** What it is called, as in `must-gather PATH`. */
  readonly name: string;
  /** Whether these are the paths of its files, `/` between their parts. */
  readonly recognizes: (paths: readonly string[]) => boolean;
  /** null: nothing that aggctl reads. */
  readonly holds: (path: string) => Holds | null;
  /** The version in what holds it, as in `v1.37.2`. */
  readonly version?: (value: unknown) => string | undefined;
  /** The newest time in a file that tells when it was collected. */
  readonly clock?: (text: string) => Date | undefined;
}
