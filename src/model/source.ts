/** The seam to the outside world: what may be asked, what is answered, and what "not known" means. */
import type { ApiPath } from './api-path.ts';
import type { Reason } from './subject.ts';

/** Where a person would look: a line of a file on a node, a field of an API object, or something that was probed. */
export type Place =
  | { readonly file: string; readonly line?: number; readonly node?: string }
  | { readonly object: string; readonly field?: string }
  | { readonly probe: string };

/** A value and the place where it was read. */
export interface Located<T> {
  readonly value: T;
  readonly at: Place;
}

/**
 * Why something is not known. `excluded`: this place can never show it, or the snapshot does not hold it;
 * `denied`: no permission; `unreachable`: no answer; `malformed`: an answer that cannot be read.
 */
export interface Unavailable {
  readonly ok: false;
  readonly why: 'excluded' | 'denied' | 'unreachable' | 'malformed';
  readonly message: string;
  /** The fact whose absence is the reason; such an entry is not listed by itself. */
  readonly because?: Reason;
  /** Of the API: an expired certificate is the reason, the server's own or that of the client (or its token). Such a thing is said first. */
  readonly expired?: 'server' | 'client';
  /** What kept the answer away, where that counts: nothing came over a connection, none came to be, or the server rejects the client's certificate. */
  readonly cause?: 'no-answer' | 'no-connection' | 'client-certificate';
  /** Of the first two: how long was waited, seconds. */
  readonly afterSeconds?: number;
  /** What happened, without the address and without advice. */
  readonly happened?: string;
  /** It says nothing of what else is asked there. */
  readonly alone?: true;
  /** On a control-plane node aggctl sees it. */
  readonly onNode?: true;
}

/** A value, or why there is none. "Not set" and "does not exist" are values. */
export type Observed<T> = { readonly ok: true; readonly value: T } | Unavailable;

export interface Question {
  clock: { readonly kind: 'clock' };
  connection: { readonly kind: 'connection' };
  file: { readonly kind: 'file'; readonly path: string };
  dir: { readonly kind: 'dir'; readonly path: string };
  key: { readonly kind: 'key'; readonly path: string };
  api: {
    readonly kind: 'api';
    readonly method: 'GET' | 'POST';
    /** Path and query on the API server, from `/`. POST only creates a SelfSubject…Review. */
    readonly path: ApiPath;
    readonly accept?: string;
    readonly body?: string;
    /** Another address of the same cluster, `host:port`; the default is the server of the kubeconfig. */
    readonly server?: string;
    /** Keeps repetitions of one question apart, from 1. */
    readonly nth?: number;
  };
  handshake: {
    readonly kind: 'handshake';
    readonly host: string;
    readonly port: number;
    readonly serverName: string;
    readonly present: 'none' | 'front-proxy';
    /** The files of the node, certificate and key, that `front-proxy` presents. */
    readonly pair?: { readonly certificate: string; readonly key: string };
    /** A GET that is sent then, with these headers. */
    readonly request?: { readonly path: string; readonly headers: Readonly<Record<string, string>> };
    /** Who stands behind the address, for who is no part of the cluster's network; `port` is the Pod's own. */
    readonly pod?: { readonly namespace: string; readonly name: string; readonly port: number };
  };
}
export type Kind = keyof Question;
export type AnyQuestion = Question[Kind];

/** What each kind of question is answered with. Times are ISO 8601 in UTC, durations milliseconds. */
export interface Answer {
  clock: { readonly time: string };
  /** The kubeconfig that is in use; null when there is none. */
  connection: {
    readonly context: string;
    /** '' where another tool collected the answers, and nothing tells. */
    readonly server: string;
    /** What it was read from, for people: a file, `--server`, the ServiceAccount of a Pod, or the tool that collected the answers. */
    readonly from: string;
  } | null;
  file:
    | { readonly is: 'absent' }
    | { readonly is: 'directory' }
    /** Not text. A DER certificate is given as PEM, anything else is withheld. */
    | ({ readonly is: 'binary'; readonly size: number; readonly certificate?: string } & Ownership)
    | ({ readonly is: 'text'; readonly text: string } & Ownership);
  dir: { readonly is: 'absent' } | { readonly is: 'directory'; readonly entries: readonly string[] };
  key:
    | { readonly is: 'absent' }
    | { readonly is: 'directory' }
    /** `publicKey`: the public half as PEM (SubjectPublicKeyInfo) where it could be derived. */
    | ({ readonly is: 'pem' | 'der' | 'encrypted' | 'certificate' | 'empty' | 'garbage'; readonly publicKey?: string } & Ownership);
  api: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string; readonly ms: number };
  handshake: {
    /** The chain that the server presented, PEM, leaf first. */
    readonly chain: readonly string[];
    readonly protocol?: string;
    /** To the request; '' for the text of anything but a refusal: what is served there is nobody's business here. */
    readonly answer?: { readonly status: number; readonly text: string };
    readonly error?: string;
    /** The same without the address and without advice. */
    readonly happened?: string;
    /** The node that recorded it, where one among several did. */
    readonly from?: string;
    readonly ms: number;
  };
}
/** Of a file: permission bits as in `0600`, owner, group, time of the last change. */
export interface Ownership {
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: string;
}

/** The only door to the outside world; implemented by live, snapshot and record. It never throws for an expected trouble. */
export type Ask = <K extends Kind>(question: Question[K] & { readonly kind: K }) => Promise<Observed<Answer[K]>>;
