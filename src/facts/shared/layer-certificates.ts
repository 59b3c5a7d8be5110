/** Every certificate of the aggregation layer that can be seen: where it lies, who trusts it, who has to. Pure. */
import type { FactName, Gathered } from '../../check.ts';
import type { Certificate, CertificateFile, Observed, Unavailable } from '../../model.ts';
import { renewedBefore } from '../../products/index.ts';
import type { ExtensionServer } from './extension-handshakes.ts';

/** A certificate in its role. The same one in several places is one entry. */
export interface LayerCertificate {
  readonly role: 'front-proxy client' | 'front-proxy CA' | 'client CA' | 'kube-apiserver serving' | 'extension server serving' | 'caBundle';
  /** In words, unique enough for a table: the role, and of an extension server whose. */
  readonly name: string;
  readonly certificate: Certificate;
  readonly places: readonly string[];
  readonly trustedBy: string;
  /** Nobody looks at its dates: an expired CA beside a valid one, or a server that kube-apiserver does not verify. The reason; null: they count. */
  readonly ignored: string | null;
  /** How long before its end it is renewed, milliseconds, where that is later than the default warning. */
  readonly late?: number;
}
type Entry = Pick<LayerCertificate, 'role' | 'name' | 'trustedBy' | 'late'>;
/** Something that was looked for and could not be seen. */
interface Unseen {
  /** In words; '': the message says it. */
  readonly what: string;
  readonly why: Unavailable['why'];
  readonly message: string;
}
export interface Handshaken extends ExtensionServer {
  /** By each address, and how it was seen. */
  readonly presented: readonly Observed<{ readonly chain: readonly Certificate[]; readonly place: string }>[];
}
export interface LayerCertificates {
  readonly certificates: readonly LayerCertificate[];
  readonly unseen: readonly Unseen[];
}

/** What makes everything else invisible, in words. */
const roots: Readonly<Record<string, string>> = {
  connection: '',
  version: 'what only kube-apiserver shows (the ConfigMap, APIServices and their caBundles)',
  apiservice: 'APIServices',
};
const configMap = 'ConfigMap kube-system/extension-apiserver-authentication';

/** The facts that show certificates. */
export const certificateFacts = [
  'now',
  'connection',
  'version',
  'serverCertificate',
  'authConfigMap',
  'nodeFiles',
  'proxyClientCert',
  'requestheaderCa',
  'clientCa',
  'servingCert',
  'apiService',
] as const satisfies readonly FactName[];

/** `now` decides which expired CA of a bundle is a leftover of a rotation. `servers` null: this is no place to dial them from. */
export function layerCertificates(gathered: Gathered, servers: readonly Handshaken[] | null, now: Date): LayerCertificates {
  const certificates: LayerCertificate[] = [];
  const unseen: Unseen[] = [];
  const add = ({ places: [place = ''], ...one }: LayerCertificate) => {
    const index = certificates.findIndex(
      (other) => other.role === one.role && other.name === one.name && other.certificate.fingerprint === one.certificate.fingerprint,
    );
    const same = certificates[index];
    if (!same) certificates.push({ ...one, places: [place] });
    // Where one of its bundles needs it, it is needed.
    else
      certificates[index] = {
        ...same,
        places: [...new Set([...same.places, place])],
        ignored: same.ignored === null || one.ignored === null ? null : same.ignored,
      };
  };
  const miss = (what: string, { why, message, because }: Unavailable) => {
    const root = because ? roots[because.fact] : what;
    if (root !== undefined && !unseen.some((one) => one.what === root && one.message === message))
      unseen.push({ what: root, why, message });
  };
  const leaves = leavesOf(gathered, servers);
  const bundle = (all: readonly Certificate[], entry: Entry, place: string) => {
    for (const certificate of all) {
      const ignored = leftover(certificate, all, leaves, now)
        ? 'expired, but a valid CA is beside it and nothing in use depends on it'
        : null;
      add({ ...entry, certificate, places: [`${place}${all.length > 1 ? `:${certificate.line}` : ''}`], ignored });
    }
  };
  const chain = (all: readonly Certificate[], entry: Entry, place: string, ignored: string | null = null) => {
    for (const [index, certificate] of all.entries())
      add({ ...entry, name: index === 0 ? entry.name : `${entry.name}, CA ${index}`, certificate, places: [place], ignored });
  };
  const file = (what: string, observed: Observed<CertificateFile | null>, read: (of: CertificateFile) => void) => {
    if (!observed.ok) miss(what, observed);
    else if (observed.value?.is === 'certificates') read(observed.value);
    else if (observed.value) {
      const { path, flag, is, fault } = observed.value;
      unseen.push({
        what,
        why: 'malformed',
        message: `${path}, which --${flag.name} names, is ${is.replace('-', ' ')}${fault ? `: ${fault}` : ''}`,
      });
    }
  };

  const nodes = gathered.apiserver.ok ? gathered.apiserver.value : [];
  const on = (node: string, at: CertificateFile) => `${at.hostPath ?? at.path}${nodes.length > 1 ? ` on ${node}` : ''}`;
  if (!gathered.apiserver.ok) miss("the control-plane nodes' files", gathered.apiserver);
  for (const { subject, facts } of nodes) {
    if (!facts.nodeFiles.ok) {
      miss(`the files of ${subject.name}`, facts.nodeFiles);
      continue;
    }
    const where = (of: CertificateFile) => on(subject.name, of);
    file('the front-proxy client certificate', facts.proxyClientCert, (of) => chain(of.certificates, frontProxyClient, where(of)));
    file('the front-proxy CA', facts.requestheaderCa, (of) => bundle(of.certificates, frontProxyCa, where(of)));
    file('the client CA', facts.clientCa, (of) => bundle(of.certificates, clientCa, where(of)));
    file("kube-apiserver's serving certificate", facts.servingCert, (of) => chain(of.certificates, serving, where(of)));
  }
  const { authConfigMap, serverCertificate } = gathered.cluster;
  if (!authConfigMap.ok) miss(configMap, authConfigMap);
  bundle((authConfigMap.ok && authConfigMap.value?.requestheaderCa) || [], frontProxyCa, `${configMap}, requestheader-client-ca-file`);
  bundle((authConfigMap.ok && authConfigMap.value?.clientCa) || [], clientCa, `${configMap}, client-ca-file`);
  if (!serverCertificate.ok) miss("kube-apiserver's serving certificate", serverCertificate);
  else if ('probe' in serverCertificate.value.at) chain([serverCertificate.value.value], serving, serverCertificate.value.at.probe);

  if (!gathered.apiservice.ok) miss('APIServices', gathered.apiservice);
  for (const { facts } of gathered.apiservice.ok ? gathered.apiservice.value : []) {
    const one = facts.apiService.ok ? facts.apiService.value : null;
    if (one?.caBundle?.fault) unseen.push({ what: `caBundle of APIService ${one.name}`, why: 'malformed', message: one.caBundle.fault });
    const late = one ? renewedBefore(one) : undefined;
    bundle(
      one?.caBundle?.certificates ?? [],
      { ...caBundle, ...(late !== undefined && { late }) },
      `APIService ${one?.name}, spec.caBundle`,
    );
  }
  for (const { service, apiServices, presented } of servers ?? []) {
    const name = `${service.namespace}/${service.name} serving`;
    const unverified = apiServices.every(({ insecureSkipTLSVerify }) => insecureSkipTLSVerify);
    const trustedBy = unverified ? 'nobody: insecureSkipTLSVerify' : 'kube-apiserver, by spec.caBundle';
    const [late] = apiServices.flatMap((one) => renewedBefore(one) ?? []);
    const entry = { role: 'extension server serving', name, trustedBy, ...(late !== undefined && { late }) } as const;
    const ignored = unverified ? 'kube-apiserver does not verify it' : null;
    for (const one of presented)
      if (one.ok) chain(one.value.chain, entry, one.value.place, ignored);
      else miss(`the serving certificate of Service ${service.namespace}/${service.name}`, one);
  }
  if (servers === null && gathered.apiservice.ok && gathered.apiservice.value.length > 0)
    unseen.push({
      what: "the extension servers' serving certificates",
      why: 'excluded',
      message: 'only a node reaches their ClusterIPs: run sudo aggctl certs there',
    });
  return { certificates, unseen };
}

const frontProxyClient = {
  role: 'front-proxy client',
  name: 'front-proxy client',
  trustedBy: 'extension servers, by the ConfigMap',
} as const;
const frontProxyCa = { role: 'front-proxy CA', name: 'front-proxy CA', trustedBy: 'extension servers, by the ConfigMap' } as const;
const clientCa = { role: 'client CA', name: 'client CA', trustedBy: 'kube-apiserver, and extension servers by the ConfigMap' } as const;
const serving = { role: 'kube-apiserver serving', name: 'kube-apiserver serving', trustedBy: "clients, by their kubeconfig's CA" } as const;
const caBundle = { role: 'caBundle', name: 'caBundle', trustedBy: 'kube-apiserver' } as const;

/** What a CA may have signed that is in use now. */
function leavesOf({ apiserver, cluster }: Gathered, servers: readonly Handshaken[] | null): readonly Certificate[] {
  const files = (apiserver.ok ? apiserver.value : []).flatMap(({ facts }) =>
    [facts.proxyClientCert, facts.servingCert].flatMap((one) => (one.ok ? (one.value?.certificates ?? []) : [])),
  );
  const shown = (servers ?? []).flatMap(({ presented }) => presented.flatMap((one) => (one.ok ? one.value.chain : [])));
  return [...files, ...shown, ...(cluster.serverCertificate.ok ? [cluster.serverCertificate.value.value] : [])];
}

/** An expired CA that a rotation left in its bundle: another one is valid, and nothing in use names it alone as its issuer. */
function leftover(one: Certificate, bundle: readonly Certificate[], leaves: readonly Certificate[], now: Date): boolean {
  const valid = bundle.filter((other) => other.notAfter >= now);
  if (one.notAfter >= now || valid.length === 0) return false;
  return valid.some((other) => other.rawSubject === one.rawSubject) || !leaves.some(({ rawIssuer }) => rawIssuer === one.rawSubject);
}
