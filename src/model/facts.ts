/** What aggctl knows of a cluster once the raw answers are parsed. Plain, immutable data. */
import type { Observed, Place } from './seam.ts';

export type Scope = 'cluster' | 'apiserver' | 'apiservice';
/** What a check judges: the cluster (name ''), a kube-apiserver by its node, an APIService by its name. */
export interface Subject {
  readonly scope: Scope;
  readonly name: string;
}

/** What the user chose on the command line; never recorded. Durations in milliseconds. */
export interface Choices {
  readonly warnWithin?: number;
  readonly failWithin?: number;
}

/** One X.509 certificate. `rawSubject` and `rawIssuer` are the DER names in hex: Go compares those, never the text. */
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly rawSubject: string;
  readonly rawIssuer: string;
  readonly serial: { readonly decimal: string; readonly hex: string };
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly key: string;
  readonly signatureAlgorithm: string;
  /** null: the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly names: readonly string[];
  readonly fingerprint: string;
  /** SHA-256 of the SubjectPublicKeyInfo, hex. */
  readonly publicKeySha256: string;
  readonly pem: string;
  /** Of a bundle's file: the line of its BEGIN, from 1. */
  readonly line: number;
}

/** Go's verdict on a chain: null when it verifies, else its kind and the text that a Go program logs. */
export interface ChainFault {
  readonly kind:
    | 'expired'
    | 'not-yet-valid'
    | 'unknown-authority'
    | 'incompatible-usage'
    | 'not-authorized-to-sign'
    | 'constraint'
    | 'other';
  readonly text: string;
  /** Whether a certificate above the leaf is what fails. */
  readonly above: boolean;
}

/** One command-line flag of kube-apiserver as pflag takes it. */
export interface Flag {
  readonly name: string;
  /** The effective string; of a repeated string flag the last. */
  readonly value: string;
  /** The effective list, for the flags that are lists. */
  readonly list: readonly string[];
  readonly at: Place;
}
/** The flags of one kube-apiserver by name, and where they were read. */
export interface Flags {
  readonly origin: 'manifest' | 'mirror pod' | 'flagz';
  readonly at: Place;
  readonly byName: Readonly<Record<string, Flag>>;
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
  /** Of `unusable`: what kube-apiserver says of it when it starts. */
  readonly fault?: string;
}
export interface KeyFile extends NamedFile {
  readonly is: 'key' | 'absent' | 'not-mounted' | 'unusable';
  readonly publicKeySha256?: string;
  readonly fault?: string;
}

/** ConfigMap kube-system/extension-apiserver-authentication: what every extension server trusts. null: the key is absent. */
export interface AuthenticationConfigMap {
  readonly requestheaderCa: readonly Certificate[] | null;
  readonly clientCa: readonly Certificate[] | null;
  readonly allowedNames: readonly string[] | null;
  readonly usernameHeaders: readonly string[] | null;
  readonly groupHeaders: readonly string[] | null;
  readonly extraHeadersPrefix: readonly string[] | null;
  /** Keys whose value does not parse, with the reason. */
  readonly malformed: readonly { readonly key: string; readonly reason: string }[];
}

/** An APIService that a Service serves, and its condition Available (null: none was ever written). */
export interface ApiService {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly service: { readonly namespace: string; readonly name: string; readonly port: number };
  readonly insecureSkipTLSVerify: boolean;
  readonly caBundle: { readonly certificates: readonly Certificate[]; readonly fault?: string } | null;
  readonly createdAt: Date;
  readonly available: { readonly status: string; readonly reason: string; readonly message: string; readonly since: Date } | null;
}

/** What a GET of /apis/GROUP/VERSION through kube-apiserver gave. */
export interface Discovery {
  readonly status: number;
  readonly text: string;
  /** Whose answer it is: the extension server's, or kube-apiserver's own in its place. */
  readonly from: 'extension server' | 'kube-apiserver';
  readonly ok: boolean;
}

/** Why an APIService does not serve, recognised from the text that Kubernetes gives. */
export interface Failure {
  /** Name of the row in facts/signatures.ts. */
  readonly signature: string;
  /** The text itself, without the URL prefixes around it. */
  readonly text: string;
  /** In the words of a person. */
  readonly meaning: string;
  readonly explainedBy: readonly string[];
  readonly next: { readonly text: string; readonly commands: readonly string[] };
}

export interface ClusterFacts {
  readonly now: Date;
  readonly choices: Choices;
  readonly connection: { readonly context: string; readonly server: string; readonly from: string };
  readonly version: { readonly text: string; readonly minor: number };
  /** Server's clock minus ours, milliseconds. */
  readonly clockSkew: number;
  readonly identity: { readonly user: string; readonly groups: readonly string[] };
  readonly distribution: string;
  /** The serving certificate of kube-apiserver, as the handshake shows it. */
  readonly authConfigMap: AuthenticationConfigMap | null;
}
export interface ApiserverFacts {
  readonly flags: Flags;
  readonly runningFlags: Flags;
  readonly proxyClientCert: CertificateFile | null;
  readonly proxyClientKey: KeyFile | null;
  readonly requestheaderCa: CertificateFile | null;
  readonly clientCa: CertificateFile | null;
  readonly servingCert: CertificateFile | null;
  /** Whether extension servers that follow this kube-apiserver's own flags accept its pair (null: they do). */
  readonly flagsTrust: ChainFault | null;
  /** The same at a moment inside the certificate's validity: what stays wrong after a renewal. */
  readonly flagsTrustWhenValid: ChainFault | null;
  /** Whether extension servers that follow the ConfigMap, as it is now, accept it. */
  readonly configMapTrust: ChainFault | null;
}
export interface ApiserviceFacts {
  readonly apiService: ApiService;
  readonly discovery: Discovery;
  readonly failure: Failure | null;
}
export interface FactsOf {
  cluster: ClusterFacts;
  apiserver: ApiserverFacts;
  apiservice: ApiserviceFacts;
}
export type AllFacts = ClusterFacts & ApiserverFacts & ApiserviceFacts;
export type FactName = keyof AllFacts;

export type FactsFor<S extends Scope> = { readonly [N in keyof FactsOf[S]]: Observed<FactsOf[S][N]> };
/** All facts of one run. A list of subjects that could not be had is unavailable as a whole. */
export interface Gathered {
  readonly cluster: FactsFor<'cluster'>;
  readonly apiserver: Observed<readonly { readonly subject: Subject; readonly facts: FactsFor<'apiserver'> }[]>;
  readonly apiservice: Observed<readonly { readonly subject: Subject; readonly facts: FactsFor<'apiservice'> }[]>;
}
