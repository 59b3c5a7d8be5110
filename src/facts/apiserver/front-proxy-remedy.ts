import { isFrontProxyName, usualFrontProxyName } from '../../distributions/front-proxy-name.ts';
import type { Certificate, CertificateFile, Flags, FrontProxyIssue, FrontProxyRemedy, KeyFile, Observed } from '../../model.ts';
import { moment } from '../cluster/now.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { caKeyState } from './ca-key-state.ts';
import { clientCa } from './client-ca.ts';
import { flags } from './flags.ts';
import { faultOfPair } from './pair-fault.ts';
import { proxyClientCert } from './proxy-client-cert.ts';
import { proxyClientKey } from './proxy-client-key.ts';
import { requestheaderCa } from './requestheader-ca.ts';
import { type StandardFrontProxy, standardFrontProxy } from './standard-front-proxy.ts';
import { signerFault, trustFault } from './trust.ts';

/** How the front proxy's pair and its CA are put right on this node, whatever is wrong with them. */
export const frontProxyRemedy = fact({
  name: 'frontProxyRemedy',
  of: apiserver,
  needs: {
    flags,
    cert: maybe(proxyClientCert),
    key: maybe(proxyClientKey),
    ca: maybe(requestheaderCa),
    clientCa: maybe(clientCa),
    standard: standardFrontProxy,
    moment,
  },
  from: ({ flags, cert, key, ca, clientCa, standard, moment }) =>
    remedyOf({ flags, cert: knownOf(cert), key: knownOf(key), ca: knownOf(ca), clientCa: knownOf(clientCa), standard, moment }),
});
const knownOf = <T>(observed: Observed<T | null> | undefined): T | null => (observed?.ok ? observed.value : null);

interface Known {
  readonly flags: Flags;
  readonly cert: CertificateFile | null;
  readonly key: KeyFile | null;
  readonly ca: CertificateFile | null;
  readonly clientCa: CertificateFile | null;
  readonly standard: StandardFrontProxy;
  readonly moment: Date;
}

const caFlag = 'requestheader-client-ca-file';

/** Decides from which files the flags name, what is in them, and what is in the distribution's own places. */
export function remedyOf(known: Known): FrontProxyRemedy {
  const { flags, cert, key, standard, moment } = known;
  const { files } = standard;
  const allowed = flags.byName['requestheader-allowed-names']?.list ?? [];
  const { ca, set: caFlags } = signerOf(known);
  const fits = (one: CertificateFile | null, its: KeyFile | null) =>
    one !== null &&
    its?.is === 'key' &&
    one.certificates.length > 0 &&
    faultOfPair(one, its) === null &&
    signerFault(one, ca?.certificates, moment) === null &&
    isAllowed(allowed, one.certificates[0]);
  const named = fits(cert, key);
  // Whoever names the CA's usual place looks first whether one is there.
  const noCa = files && !ca ? [files.paths.ca] : [];
  const place = belongsHere(known, ca, named) ? placeOf(cert, key) : null;
  const set = pairFlags(files?.paths);
  const elsewhere = files !== null && place?.cert !== files.paths.cert;
  if (!named && elsewhere) {
    const [standardCert, standardKey] = [knownOf(files.cert), knownOf(files.key)];
    const sound = fits(standardCert, standardKey) && trustFault(standardCert, ca?.certificates, moment) === null;
    const unseen = files.cert.ok && files.key.ok ? [] : [files.paths.cert, files.paths.key];
    if (sound || (unseen.length > 0 && !place))
      return { at: flags.at, set: { ...caFlags, ...set }, unseen: [...unseen, ...noCa], works: true, issue: null };
  }
  const target = place ?? (files && { cert: files.paths.cert, key: files.paths.key });
  const there = place ? [cert, key] : [knownOf(files?.cert), knownOf(files?.key)];
  const issue: FrontProxyIssue = {
    ca: ca?.hostPath ?? null,
    caKey: caKeyState(ca, standard.caKeys, moment),
    pair: target,
    replaces: there.flatMap((file) => (file?.hostPath && file.is !== 'absent' ? [file.hostPath] : [])),
    renewable: named,
    commonName:
      allowed.length === 0 || allowed.includes(usualFrontProxyName) ? usualFrontProxyName : (allowed.find(Boolean) ?? usualFrontProxyName),
    set: place ? {} : set,
  };
  const works = named && trustFault(cert, ca?.certificates, moment) === null;
  return { at: flags.at, set: caFlags, unseen: noCa, works, issue };
}

/** An empty name is allowed by no list that holds names, and belongs to nobody. */
const isAllowed = (allowed: readonly string[], leaf: Certificate | undefined): boolean =>
  Boolean(leaf?.commonName) && (allowed.length === 0 || allowed.includes(leaf?.commonName ?? ''));

const pairFlags = (paths: { readonly cert: string; readonly key: string } | undefined) =>
  paths ? { 'proxy-client-cert-file': paths.cert, 'proxy-client-key-file': paths.key } : {};

/** The CA that the front proxy's certificates come from, and the flags to set where they name another. */
function signerOf({ cert, ca, clientCa, standard: { files }, moment }: Known): {
  readonly ca: CertificateFile | null;
  readonly set: Readonly<Record<string, string>>;
} {
  const standardCa = knownOf(files?.ca);
  const signs = (one: CertificateFile | null) =>
    Boolean(one?.certificates.length && cert?.certificates.length) && signerFault(cert, one?.certificates, moment) === null;
  const isUsers = (one: CertificateFile) =>
    one.certificates.some(({ fingerprint }) => clientCa?.certificates.some((other) => other.fingerprint === fingerprint));
  if (!files || !standardCa?.certificates.length || ca?.hostPath === standardCa.hostPath || (ca && signs(ca))) return { ca, set: {} };
  const swapped = clientCa?.hostPath === standardCa.hostPath;
  // The CA of the users must not become the front proxy's.
  if (!swapped && isUsers(standardCa)) return { ca, set: {} };
  if (ca && !signs(standardCa) && !isUsers(ca)) return { ca, set: {} };
  const users = files.clientCaPath;
  return { ca: standardCa, set: { [caFlag]: files.paths.ca, ...(swapped && users && { 'client-ca-file': users }) } };
}

/** The paths of both files on the node, where they are two. */
const placeOf = (cert: CertificateFile | null, key: KeyFile | null) =>
  cert?.hostPath && key?.hostPath && cert.hostPath !== key.hostPath ? { cert: cert.hostPath, key: key.hostPath } : null;

/** Whether a new pair may replace the files that the flags name: it belongs there, or nobody else uses what is in them. */
function belongsHere({ flags, cert, key, clientCa, standard: { files } }: Known, ca: CertificateFile | null, named: boolean): boolean {
  if (files && cert?.hostPath === files.paths.cert && key?.hostPath === files.paths.key) return true;
  const others = Object.values(flags.byName).filter(({ name }) => !name.startsWith('proxy-client-'));
  if (others.some(({ value }) => value === cert?.path || value === key?.path)) return false;
  const leaf = cert?.certificates[0];
  if (!leaf) return files === null;
  const issued = (by: CertificateFile | null) => by?.certificates.some(({ rawSubject }) => rawSubject === leaf.rawIssuer) ?? false;
  if (leaf.basicConstraints?.ca === true || !(named || issued(ca))) return false;
  return !issued(clientCa) || isFrontProxyName(leaf.commonName);
}
