/** The way to an extension server and what it presents on TLS, as dialled from here. Plain, immutable data. */
import type { Certificate } from './certificate.ts';
import type { Place } from './source.ts';

/** What an extension server presents. */
export interface Serving {
  /** Leaf first. */
  readonly chain: readonly Certificate[];
  readonly protocol: string | null;
  /** The handshake, or the Secret that holds what it is to present. */
  readonly at: Place;
  readonly from: 'handshake' | 'Secret';
  /** What its Secret holds in its place, leaf first; none where that is the same, or nobody looked. */
  readonly stored?: { readonly secret: string; readonly chain: readonly Certificate[] };
}

/** A connection that was tried from a control-plane node, as kube-apiserver makes it. */
export interface Dial {
  readonly to: 'ClusterIP' | 'pod' | 'externalName';
  /** `host:port`. */
  readonly address: string;
  /** The Pod behind it, in the Service's namespace; null: an address of another kind, or nothing tells. */
  readonly pod: string | null;
  /** What it presents, leaf first. */
  readonly chain: readonly Certificate[];
  /** Whether TCP and TLS came to their end. */
  readonly connected: boolean;
  /** Why not; '' where it did. */
  readonly message: string;
  /** The same without the address and without advice. */
  readonly happened: string;
  /** The node that dialed; undefined: this one. */
  readonly from?: string;
}

/** Whom an extension server takes somebody for who asks it directly, in headers, to be taken for `aggctl-probe`. */
export interface FrontProxyProbe {
  /** `host:port`. */
  readonly address: string;
  /** With the front-proxy pair of a control-plane node; null: there is none. */
  readonly withPair: ProbeAnswer | null;
  /** With no certificate. */
  readonly without: ProbeAnswer;
  /** Of an object that does not exist, with neither certificate nor headers; null: not asked, for the request before was refused. */
  readonly anonymous: { readonly path: string; readonly status: number } | null;
}
export interface ProbeAnswer {
  /** null: no answer, and `text` says why. */
  readonly status: number | null;
  readonly text: string;
  /** Whom a 403 names. */
  readonly seenAs: string | null;
}

/** Something that kube-apiserver holds against a serving certificate, or will. */
export interface ServingFault {
  readonly kind:
    | 'expired'
    | 'not-yet-valid'
    | 'names'
    | 'usage'
    | 'signature'
    | 'not-signer'
    | 'ca-cannot-sign'
    /** Of a CA in caBundle, or between it and the leaf: its dates. */
    | 'ca-dates'
    | 'other';
  /** As Go says it. */
  readonly text: string;
  readonly at: Place;
  /** kube-apiserver says so now; else it waits for the next connection, or stands behind a fault that is judged earlier. */
  readonly shows: boolean;
  /** `NAMESPACE/NAME` of the Secret that holds a certificate without any fault, which the server has not read yet. */
  readonly fixedBySecret?: string;
}
