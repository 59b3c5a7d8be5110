/** The kinds of the texts by which Kubernetes, Go and extension servers say what is wrong; each has its row in src/signatures. */
import type { Hop } from './hop.ts';

/** A row of a table of texts. */
export interface Signature<K extends string = string> {
  readonly kind: K;
  readonly matches: RegExp;
}
/** A row that tells a person what the text means, and what to do. */
interface Told<K extends string = string> extends Signature<K> {
  readonly meaning: string;
  /** Imperative, without the full stop. */
  readonly next: string;
}

/** Why an APIService does not serve. `other`: a text that no row matches. */
export const failureKinds = [
  'http-proxy',
  'egress-socket',
  'rejected',
  'anonymous',
  'root-certificates',
  'no-condition',
  'users-not-authorized',
  'reviews-not-served',
  'storage-down',
  'users-unanswered',
  'serving-expired',
  'serving-not-yet-valid',
  'serving-names',
  'serving-usage',
  'serving-signature',
  'ca-cannot-sign',
  'unknown-authority',
  'serving-certificate',
  'egress-tunnel',
  'konnectivity',
  'tunnel-closed',
  'no-tunnel-session',
  'stream-refused',
  'address-not-allowed',
  'http2-lost',
  'no-open-files',
  'no-such-host',
  'no-ipv6',
  'no-local-port',
  'not-permitted',
  'no-route',
  'timeout',
  'not-https',
  'not-http',
  'tls-too-old',
  'no-common-cipher',
  'unrecognized-name',
  'no-certificate',
  'rejects-client-ca',
  'cut-off',
  'weak-client-key',
  'connection-refused',
  'no-endpoints',
  'service-not-read',
  'service-not-found',
  'service-port',
  'headless-service',
  'external-name-service',
  'not-found',
  'too-many-requests',
  'bad-request',
  'bad-status',
  'other',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface FailureSignature extends Told<FailureKind> {
  /** The hop at which the request ends. */
  readonly hop: Hop;
  /**
   * Whose fault it is: kube-apiserver's own; the target that the APIService names, where nothing can be dialled; the way to it, its TLS
   * included; or the extension server's, which answers.
   */
  readonly side: 'kube-apiserver' | 'target' | 'way' | 'extension server';
  /** At most two words for the map of trust: `401`, `refused`, `timeout`. */
  readonly short: string;
  /** kube-apiserver verifies a certificate of the extension server, and does not accept it. */
  readonly ofCertificate?: true;
}

/** By what kube-apiserver says why it exits. */
export const exitKinds = [
  'exits-by-unknown-flag',
  'exits-by-flag-syntax',
  'exits-by-empty-value',
  'exits-by-uid-headers',
  'exits-by-overlapping-cas',
  'exits-by-anonymous-auth',
  'exits-by-egress-selector',
  'exits-by-api-disabled',
  'exits-by-peer-proxy',
  'exits-by-requestheader-ca',
  'exits-by-front-proxy-pair',
  'exits-by-absent-file',
  'exits-by-denied-file',
  'exits-by-folder',
] as const;
export type ExitKind = (typeof exitKinds)[number];

export interface ExitMessageSignature extends Told<ExitMessageKind> {
  /** metrics-server alone says so: the aggregation layer has no part in it. */
  readonly ofMetricsServer?: true;
  /** Its pods must be recreated: they hold what is no longer valid, or gave up. */
  readonly restarts?: true;
}
/** By what an extension server says why it exits, or never becomes ready. */
export const exitMessageKinds = [
  'configmap-forbidden',
  'configmap-unusable',
  'configmap-lacks',
  'configmap-lacks-client-ca',
  'kube-apiserver-distrusted',
  'kube-apiserver-certificate',
  'token-rejected',
  'kube-apiserver-unreachable',
  'kube-apiserver-silent',
  'no-token',
  'file-absent',
  'etcd-not-named',
  'etcd-down',
  'port-taken',
  'port-not-permitted',
  'certificates-not-writable',
  'argument-unknown',
  'too-old',
  'other-architecture',
  'kubelet-without-certificate',
  'kubelet-certificates',
  'kubelet-forbidden',
  'kubelet-unresolved',
  'kubelet-unreachable',
  'informer-forbidden',
  'informer-not-served',
] as const;
type ExitMessageKind = (typeof exitMessageKinds)[number];

/**
 * Which fault a line in an extension server's log proves. `no-request-header`: it has no CA of the front proxy, or no header names the user;
 * `own-trust`: it rejects what the ConfigMap accepts, so that it holds something else, in its arguments or in a copy;
 * `configmap-not-watched`: it may not list or watch the ConfigMap, and asks nobody for a certificate; `unclear`: several may be.
 */
export type RejectionKind =
  | 'expired'
  | 'ca-expired'
  | 'not-yet-valid'
  | 'unknown-authority'
  | 'incompatible-usage'
  | 'name-not-allowed'
  | 'no-request-header'
  | 'configmap-not-watched'
  | 'own-trust'
  | 'unclear';

/** What a check may be the cause of; of rejections those that leave several causes. No name is in two of these unions. */
export type TextKind = FailureKind | ExitKind | ExitMessageKind | Extract<RejectionKind, 'ca-expired' | 'no-request-header'>;
