/** The way to an extension server and what it presents on TLS, as dialled from here. Plain, immutable data. */
import type { Certificate } from './certificate.ts';
import type { Place } from './seam.ts';

/** What an extension server presents. */
export interface Serving {
  /** Leaf first. */
  readonly chain: readonly Certificate[];
  readonly protocol: string | null;
  /** The handshake, or the Secret that holds what it is to present. */
  readonly at: Place;
  readonly from: 'handshake' | 'Secret';
}

/** A connection that was tried from a control-plane node, as kube-apiserver makes it. */
export interface Dial {
  readonly to: 'ClusterIP' | 'pod' | 'externalName';
  /** `host:port`. */
  readonly address: string;
  /** Whether TCP and TLS came to their end. */
  readonly connected: boolean;
  /** Why not; '' where it did. */
  readonly message: string;
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
}
