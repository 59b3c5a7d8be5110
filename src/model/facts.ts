/** What aggctl knows of a cluster once the raw answers are parsed. Plain, immutable data. */
import type { Answer, Located, Observed, Place } from './seam.ts';

export type Scope = 'cluster' | 'apiserver' | 'apiservice';
/** What a check judges: the cluster (name ''), a kube-apiserver by its node, an APIService by its name. */
export interface Subject {
  readonly scope: Scope;
  readonly name: string;
}

/** What the user chose on the command line; never recorded. Durations in milliseconds. */
export interface Choices {
  /** Judge as if it were this moment. */
  readonly at?: Date;
  readonly warnWithin?: number;
  readonly failWithin?: number;
  /** Minor version of Kubernetes 1 that an upgrade is to lead to. */
  readonly targetVersion?: number;
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
  /** The version as people count it: basicConstraints, keyUsage and the like exist from 3 on. */
  readonly version: number;
  /** null: the extension is absent; `pathLength` null: no limit. */
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  /** RFC 5280 names such as `keyCertSign`. null: the extension is absent. */
  readonly keyUsage: readonly string[] | null;
  /** RFC 5280 names such as `clientAuth`, dotted OIDs of the unknown ones. null: the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** Subject and authority key identifier in hex; null: absent. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  readonly nameConstraints: boolean;
  /** OIDs of critical extensions that Go does not know: it refuses such a certificate. */
  readonly unhandledCritical: readonly string[];
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
  readonly origin:
    | 'manifest'
    | 'systemd unit'
    | 'arguments file'
    | 'k3s configuration'
    | 'OpenShift configuration'
    | 'mirror pod'
    | 'flagz';
  readonly at: Place;
  readonly byName: Readonly<Record<string, Flag>>;
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
  /** Who wrote each key last, by the name of its field manager. */
  readonly writers: Readonly<Record<string, { readonly manager: string; readonly at: Date }>>;
}

/** An entry of the ConfigMap that no kube-apiserver here makes, and who wrote its key last (null: nothing tells). */
export interface UnclaimedEntry {
  readonly key: string;
  /** A name, a header, or the subject of a CA. */
  readonly entry: string;
  readonly writer: { readonly manager: string; readonly at: Date } | null;
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
  readonly ok: boolean;
}

/** Why an APIService does not serve, recognised from the text that Kubernetes gives. */
export interface Failure {
  /** The condition and the request disagree, and the condition may still catch up: no fault yet. */
  readonly inTransition: boolean;
  /** Where the text was read. */
  readonly at: Place;
  /** Name of the row in facts/signatures.ts. */
  readonly signature: string;
  /** The text itself, without the URL prefixes around it. */
  readonly text: string;
  /** At most two words for the map of trust: `401`, `refused`, `timeout`. */
  readonly short: string;
  /** In the words of a person. */
  readonly meaning: string;
  readonly explainedBy: readonly string[];
  readonly next: string;
}

/** What all extension servers that can be reached do alike. */
export interface CommonFailure {
  readonly signature: string;
  readonly text: string;
  readonly at: Place;
  readonly apiServices: readonly string[];
  readonly services: readonly { readonly namespace: string; readonly name: string }[];
  /** How many extension servers there are. */
  readonly total: number;
}

/** An upgrade that is judged before it is made; minor versions of Kubernetes 1. */
export interface Upgrade {
  readonly from: number;
  readonly to: number;
  /** The user named the version; else it is the next of which a rule is known. */
  readonly asked: boolean;
  /** The newest version that aggctl has rules for. */
  readonly newestKnown: number;
  /** What changes on the way. */
  readonly rules: readonly { readonly minor: number; readonly change: string; readonly checks: readonly string[] }[];
}

/** What kubeadm makes kube-apiserver's manifest of. */
export interface KubeadmConfig {
  readonly extraArgs: readonly { readonly name: string; readonly value: string }[];
  /** The flags that it writes by itself; null: with a value that depends on the cluster. */
  readonly written: Readonly<Record<string, string | null>>;
}

/** What an extension server logged when it rejected a client certificate. */
export interface LoggedRejection {
  /** Which fault the line proves. `no-request-header`: it has no CA of the front proxy, or no header names the user; `unclear`: several may be. */
  readonly kind:
    | 'expired'
    | 'ca-expired'
    | 'not-yet-valid'
    | 'unknown-authority'
    | 'incompatible-usage'
    | 'name-not-allowed'
    | 'no-request-header'
    | 'unclear';
  /** The verifier's words. */
  readonly text: string;
  /** `NAMESPACE/NAME` of the pod, and when it wrote the line (null: the line does not tell). */
  readonly pod: string;
  readonly time: Date | null;
  /** Of the certificate that was rejected. */
  readonly serial: Certificate['serial'] | null;
  readonly authorityKeyId: string | null;
  /** What stands behind `is after` or `is before`. */
  readonly date: Date | null;
  readonly commonName: string | null;
}
/** A kube-apiserver at its own address, one of Service default/kubernetes. */
export interface Endpoint {
  /** `host:port`. */
  readonly address: string;
  /** The node whose manifest or mirror pod advertises it. */
  readonly node: string | null;
  /** As in `v1.37.2`; unavailable, with the reason, when it does not answer. */
  readonly version: Observed<string>;
}
/** kube-apiservers get different answers for one APIService. */
export interface Division {
  /** Nodes (or addresses) through which it answers at least now and then. */
  readonly serving: readonly string[];
  /** Nodes (or addresses) through which it never does, and what users get there. */
  readonly failing: readonly { readonly name: string; readonly text: string; readonly meaning: string }[];
  readonly explainedBy: readonly string[];
}
/** The certificate that one kube-apiserver presents, and the CA bundle of another that does not vouch for it. */
export interface Distrust {
  readonly presents: { readonly node: string; readonly leaf: Certificate };
  readonly trusts: { readonly node: string; readonly file: CertificateFile };
  readonly fault: ChainFault;
}

export interface ClusterFacts {
  /** When the facts were taken. */
  readonly clock: Date;
  /** The moment to judge by: the clock, or what the user chose. */
  readonly now: Date;
  readonly choices: Choices;
  readonly connection: { readonly context: string; readonly server: string; readonly from: string };
  readonly version: { readonly text: string; readonly minor: number };
  /** Server's clock minus ours, milliseconds. */
  readonly clockSkew: number;
  readonly identity: { readonly user: string; readonly groups: readonly string[] };
  /** null: nothing tells which. */
  readonly distribution: string | null;
  /** The certificate that kube-apiserver shows to its clients. */
  readonly serverCertificate: Located<Certificate>;
  /** aggctl's own credentials; `expired`: the sentence that says so, null while kube-apiserver takes them. */
  readonly ownCredentials: { readonly expired: string | null };
  readonly authConfigMap: AuthenticationConfigMap | null;
  /** null: not all kube-apiservers and their files are visible from here, or one of them may rest on such an entry. */
  readonly unclaimedEntries: readonly UnclaimedEntry[] | null;
  /** null: they do not all fail in one way. */
  readonly commonFailure: CommonFailure | null;
  /**
   * What the extension servers' logs say of a front-proxy certificate that no file here shows, when all of them reject it; null: they do
   * not, their logs contradict each other, or the files of every kube-apiserver are visible.
   */
  readonly loggedRejection: LoggedRejection | null;
  /** null: nothing is known to change. */
  readonly upgrade: Upgrade | null;
  /** Asked for when the user names a version to upgrade to; null: nobody asked, or this is not kubeadm's. */
  readonly kubeadmConfig: KubeadmConfig | null;
  /** The kube-apiservers one by one; [] when there is only one. */
  readonly endpoints: readonly Endpoint[];
  /** Among the kube-apiservers whose files are visible, at a moment when the certificate is valid. */
  readonly distrusts: readonly Distrust[];
}
export interface ApiserverFacts {
  readonly flags: Flags;
  /** What the process runs with, where something shows it apart from its manifest: the mirror pod or `/flagz`. */
  readonly runningFlags: Flags;
  /** The node's files are visible from here; as whom kube-apiserver reads them. */
  readonly nodeFiles: ProcessIdentity;
  readonly proxyClientCert: CertificateFile | null;
  readonly proxyClientKey: KeyFile | null;
  readonly requestheaderCa: CertificateFile | null;
  readonly clientCa: CertificateFile | null;
  readonly servingCert: CertificateFile | null;
  /** Why kube-apiserver cannot load the pair and exits: its own words, and the file to look at. null: it loads. */
  readonly pairFault: {
    readonly text: string;
    readonly file: NamedFile;
    /** The certificate of the file that the key belongs to, where it stands behind others. */
    readonly leaf?: Certificate;
  } | null;
  /** Whether extension servers accept the pair now when they follow this kube-apiserver's own flags. null: they do, or it does not arise. */
  readonly flagsTrust: ChainFault | null;
  /** The same at a moment inside the certificate's validity: what stays wrong after a renewal. */
  readonly flagsSigner: ChainFault | null;
  /** The same when they follow the ConfigMap as it is now. */
  readonly configMapSigner: ChainFault | null;
  /** For whom extension servers take the pair as an ordinary client certificate of `--client-ca-file`. null: it is none. */
  readonly clientCaIdentity: { readonly user: string; readonly groups: readonly string[] } | null;
}
interface ApiserviceFacts {
  readonly apiService: ApiService;
  readonly discovery: Discovery;
  readonly failure: Failure | null;
  /** What its extension server's log says of the rejection; null: nothing, or nobody had reason to ask. */
  readonly ownLog: LoggedRejection | null;
  /** null: the kube-apiservers agree, or there is one, or they could not be asked one by one. `failure` is null when they do not. */
  readonly division: Division | null;
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
