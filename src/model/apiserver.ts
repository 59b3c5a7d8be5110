/** What is known of one kube-apiserver: its flags, and the files that they name. Plain, immutable data. */
import type { Certificate } from './certificate.ts';
import type { ExitKind } from './signature.ts';
import type { Answer, Located, Place } from './source.ts';

/** One command-line flag of kube-apiserver as pflag takes it. */
export interface Flag {
  readonly name: string;
  /** The effective string; of a repeated string flag the last. */
  readonly value: string;
  /** The effective list, for the flags that are lists. */
  readonly list: readonly string[];
  readonly at: Place;
  /** The environment variable that its value names, and whose own value is not visible here. */
  readonly unseen?: string;
}

/** The flags of one kube-apiserver by name, and where they were read. */
export interface Flags {
  readonly origin:
    | 'manifest'
    | 'systemd unit'
    | 'arguments file'
    | 'k3s configuration'
    | 'k0s configuration'
    | 'MicroShift configuration'
    | 'RKE container'
    | 'OpenShift configuration'
    | 'mirror pod'
    | 'flagz';
  readonly at: Place;
  readonly byName: Readonly<Record<string, Flag>>;
}

/** What to write in place of a word of the command line that kube-apiserver refuses; `words` are those of the line. */
export type LineAdvice =
  | { readonly is: 'write' | 'write-dashes' | 'join-switch' | 'join-or-remove'; readonly words: string }
  | { readonly is: 'write-without-space' | 'set-switch' | 'give-value'; readonly name: string }
  | { readonly is: 'remove'; readonly words?: string };

/** The command line of one kube-apiserver as it is written, before a flag library reads it. */
export interface CommandLine {
  readonly words: readonly Located<string>[];
  /** Variables of the container whose value is known here: those that configure a proxy. */
  readonly environment: Readonly<Record<string, Located<string>>>;
  /** The minor of the image's tag where Kubernetes itself built it (`v1.37.2`, no suffix); null: not known, or a vendor's build. */
  readonly minor: number | null;
  /** Why kube-apiserver exits before it does anything else: the text that it prints, and how to write it. null: it takes the words. */
  readonly fault: {
    readonly is: 'syntax' | 'unknown flag';
    readonly text: string;
    readonly at: Place;
    readonly word: string;
    readonly advice: LineAdvice;
    /** Of an unknown flag: its name, and the minors that know it. */
    readonly flag?: string;
    readonly knownIn?: readonly number[];
  } | null;
  /** Each flag that is given more than once, its values in their order. */
  readonly repeated: readonly { readonly name: string; readonly values: readonly Located<string>[] }[];
}

/** What --egress-selector-config-file names, and the sockets that it leads to. `fault`: what kube-apiserver says of it, and exits. */
export interface EgressSelector {
  readonly at: Place;
  readonly path: string;
  readonly fault: string | null;
  /** Whether extension servers are dialled through a proxy (selection `cluster`), by its agents. */
  readonly cluster: boolean;
  /** Whose agent that is, on the pod's own node; not there: agents of a proxy such as konnectivity, on any node. */
  readonly agentOf?: 'k3s' | 'rke2';
  readonly sockets: readonly { readonly path: string; readonly is: 'absent' | 'not-mounted' | 'present' }[];
}

/** The line by which kube-apiserver's newest container says why it ended. `kinds`: [] where no row of src/signatures matches. */
export interface LastExit {
  readonly at: Place;
  readonly text: string;
  readonly kinds: readonly ExitKind[];
}

/** A proxy in kube-apiserver's environment, and the extension servers that it would dial through it. */
export interface Proxied {
  readonly variable: string;
  readonly proxy: string;
  readonly at: Place;
  readonly noProxy: string;
  readonly through: readonly { readonly service: string; readonly address: string }[];
}

/** User and groups of a process; uid 0 reads every file. */
export interface ProcessIdentity {
  readonly uid: number;
  readonly gids: readonly number[];
}

/** A file that a flag names. `path` is the container's, `hostPath` the node's (null: no volume shows it to the container). */
export interface NamedFile {
  readonly flag: Flag;
  readonly path: string;
  readonly hostPath: string | null;
  readonly at: Place;
}

export interface CertificateFile extends NamedFile {
  readonly is: 'certificates' | 'absent' | 'not-mounted' | 'unusable';
  readonly certificates: readonly Certificate[];
  readonly answer?: Answer['file'];
  /** Of `unusable`: what kube-apiserver says of it, as a CA bundle, when it starts. */
  readonly fault?: string;
}

export interface KeyFile extends NamedFile {
  readonly is: 'key' | 'absent' | 'not-mounted';
  readonly answer?: Answer['key'];
}
