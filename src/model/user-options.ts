/** What the user chose; plain data. */

/** What the user chose on the command line; never recorded. Durations in milliseconds. */
export interface UserOptions {
  /** Judge as if it were this moment. */
  readonly at?: Date;
  readonly warnWithin?: number;
  readonly failWithin?: number;
  /** APIServices (by name) whose whole path is looked at even while they serve; `all`: each of them, `unavailable`: each that does not serve. */
  readonly targets?: readonly string[] | 'all' | 'unavailable';
  /** What was broken before is looked for, too. */
  readonly history?: boolean;
  /** Extension servers may be dialled by port-forward, and their Secrets' certificates read. */
  readonly portForward?: boolean;
  readonly readSecrets?: boolean;
  /** Extension servers may be asked directly, with the front-proxy pair of a control-plane node. */
  readonly asFrontProxy?: boolean;
  /** Minor version of Kubernetes 1 that an upgrade is to lead to. */
  readonly targetVersion?: number;
}
