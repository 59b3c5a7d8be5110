/** How the front proxy's pair and CA are put right, decided once from the flags and files of a node. Plain, immutable data. */

import type { Place } from './source.ts';

export interface FrontProxyRemedy {
  /** Where the flags are set. */
  readonly at: Place;
  /** Flags that name the wrong file, and the values that heal it. */
  readonly set: Readonly<Record<string, string>>;
  /** Files that a fix may name and aggctl has not seen. */
  readonly unseen: readonly string[];
  /** With these flags, kube-apiserver presents a pair that extension API servers accept now. */
  readonly works: boolean;
  /** How a new pair is issued; null: the flags in `set` name a sound one. */
  readonly issue: FrontProxyIssue | null;
}

export interface FrontProxyIssue {
  /** Path on the node of the CA that signs: the one that `--requestheader-client-ca-file` names, or has to. null: not known. */
  readonly ca: string | null;
  readonly caKey: {
    /** Where its key is expected. */
    readonly path: string | null;
    /** `other`: it belongs to no certificate of the CA's file; `unfit`: it fits, but the CA has expired or may not sign. */
    readonly is: 'fits' | 'absent' | 'other' | 'unfit' | 'unknown';
    /** The lines of the certificate that the key belongs to, where others precede it in the CA's file. */
    readonly lines: { readonly from: number; readonly to: number | '$' } | null;
  };
  /** Where the pair goes, as paths on the node; null: into files of its own, because the present ones belong to somebody else. */
  readonly pair: { readonly cert: string; readonly key: string } | null;
  /** Files there that are replaced. */
  readonly replaces: readonly string[];
  /** All but the dates of the present pair is right. */
  readonly renewable: boolean;
  readonly commonName: string;
  /** Flags to set once the pair is there. */
  readonly set: Readonly<Record<string, string>>;
}
