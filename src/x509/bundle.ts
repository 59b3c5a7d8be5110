/** PEM text → certificates, and what kube-apiserver says of files that it cannot take. Pure. */
import type { Answer, Certificate, Observed } from '../model.ts';
import { readX509, sha256, type X509 } from './certificate.ts';
import { attempt } from './der.ts';
import { goQuote } from './go-quote.ts';
import { readPublicKey } from './key.ts';
import { type PemBlock, pemBlocks, toPem } from './pem.ts';

const CERTIFICATE = 'CERTIFICATE';

const parseBlock = ({ bytes, line }: PemBlock): Observed<Certificate> => {
  const read = attempt(() => readX509(bytes));
  return read.ok ? { ok: true, value: { ...read.value.certificate, pem: toPem(CERTIFICATE, bytes), line } } : read;
};

/** The first certificate in a PEM text. `line` is where the text begins in its file, from 1. */
export const parseCertificate = (pem: string, line = 1): Observed<Certificate> => {
  const block = pemBlocks(pem).find(({ type }) => type === CERTIFICATE);
  if (!block) return { ok: false, why: 'malformed', message: 'no CERTIFICATE block' };
  return parseBlock({ ...block, line: block.line + line - 1 });
};

/** A list of certificates, or none and why it is refused. */
export interface Bundle {
  readonly certificates: readonly Certificate[];
  readonly fault?: string;
}

/** Blocks with `Key: value` lines are passed over. */
const certificateBlocks = (text: string): readonly PemBlock[] =>
  pemBlocks(text).filter(({ type, headers }) => type === CERTIFICATE && !headers);

/**
 * The certificates of a CA file, or of a CA key of a ConfigMap: all of them, or none when one does not parse. With a `name`
 * (`request-header::/etc/…/front-proxy-ca.crt`) the fault is the whole text that kube-apiserver says. Mirrors `ParseCertsPEM`
 * (k8s.io/client-go/util/cert/pem.go) and `loadCABundle` (k8s.io/apiserver/pkg/server/dynamiccertificates, both v1.37).
 */
export const readBundle = (text: string, name?: string): Bundle => {
  if (text === '') return refused(name === undefined ? 'missing content for CA bundle' : `missing content for CA bundle ${goQuote(name)}`);
  const certificates: Certificate[] = [];
  const loading = name === undefined ? '' : `error loading CA bundle for ${goQuote(name)}: `;
  for (const block of certificateBlocks(text)) {
    const read = parseBlock(block);
    if (!read.ok) return refused(`${loading}${read.message}`);
    certificates.push(read.value);
  }
  return certificates.length > 0 ? { certificates } : refused(`${loading}data does not contain any valid RSA or ECDSA certificates`);
};

/**
 * The certificates of an APIService's caBundle, decoded from base64. Other than in a CA file, those that do not parse are passed over as
 * long as one does. Mirrors `rootCertPool` (k8s.io/client-go/transport/transport.go, v1.37) and gives its text.
 */
export const readCaBundle = (text: string): Bundle => {
  const read = certificateBlocks(text).map(parseBlock);
  const certificates = read.flatMap((one) => (one.ok ? [one.value] : []));
  if (certificates.length > 0) return { certificates };
  const malformed = read.find((one) => !one.ok);
  if (malformed && !malformed.ok) return refused(`unable to load root certificates: failed to parse certificate: ${malformed.message}`);
  // Go reads blocks until the text ends: behind the last one it must not find anything else.
  const onlyBlocks = pemBlocks(text).at(-1)?.end === text.length;
  return refused(
    `unable to load root certificates: ${onlyBlocks ? 'no valid certificate authority data seen' : 'unable to parse bytes as PEM block'}`,
  );
};

const refused = (fault: string): Bundle => ({ certificates: [], fault });

/** A file as its flag names it, and what was found there (`undefined`: no volume shows it to the container). */
export interface Opened<K extends 'file' | 'key'> {
  readonly path: string;
  readonly answer?: Answer[K];
}
/** Why kube-apiserver does not take a pair, in its own words, and in which of the two files to look. */
export interface PairFault {
  readonly text: string;
  readonly in: 'certificate' | 'key' | 'pair';
}

/**
 * Whether kube-apiserver can load the front-proxy pair; null when it can, else it exits with this text. Certificates behind the first are
 * not looked at, as Go does not. Mirrors `loadCertKeyPair` (k8s.io/apiserver/pkg/server/dynamiccertificates, v1.37) and
 * `X509KeyPair` (crypto/tls, Go 1.26).
 */
export const readPair = (cert: Opened<'file'>, key: Opened<'key'>): PairFault | null => {
  const opened = unreadable(cert, 'certificate') ?? unreadable(key, 'key');
  if (opened) return opened;
  const text = cert.answer?.is === 'text' ? cert.answer.text : '';
  const [certEmpty, keyEmpty] = [cert.answer?.is === 'text' && text === '', key.answer?.is === 'empty'];
  if (certEmpty || keyEmpty)
    return {
      text: `missing content for serving cert ${goQuote(`aggregator-proxy-cert::${cert.path}::${key.path}`)}`,
      in: certEmpty ? 'certificate' : 'key',
    };
  const block = pemBlocks(text).find(({ type }) => type === CERTIFICATE);
  if (!block) return noCertificate(text, key);
  const form = keyForm(key.answer);
  if (form) return { text: form, in: 'key' };
  const read = attempt(() => readX509(block.bytes));
  if (!read.ok) return { text: read.message, in: 'certificate' };
  return mismatch(read.value, key.answer);
};

const unreadable = (file: Opened<'file'> | Opened<'key'>, where: 'certificate' | 'key'): PairFault | null => {
  if (file.answer === undefined || file.answer.is === 'absent') return { text: `open ${file.path}: no such file or directory`, in: where };
  return file.answer.is === 'directory' ? { text: `read ${file.path}: is a directory`, in: where } : null;
};

/** Sources put `BEGIN … PRIVATE KEY (removed)` in the place of a private key. */
const skippedTypes = (text: string): readonly string[] => [
  ...pemBlocks(text).flatMap(({ type }) => (type.endsWith(' (removed)') ? [] : [type])),
  ...Array.from(text.matchAll(/^-----BEGIN ([A-Z0-9 ]*PRIVATE KEY) \(removed\)-----/gm), ([, type]) => type ?? ''),
];

const noCertificate = (text: string, key: Opened<'key'>): PairFault => {
  const [first, ...more] = skippedTypes(text);
  if (first === undefined) return { text: 'tls: failed to find any PEM data in certificate input', in: 'certificate' };
  if (more.length === 0 && first.endsWith('PRIVATE KEY'))
    return {
      text: 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
      in: key.answer?.is === 'certificate' ? 'pair' : 'certificate',
    };
  return {
    text: `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${[first, ...more].join(' ')}]`,
    in: 'certificate',
  };
};

/** What is wrong before the key is even compared. A file of other PEM blocks is `garbage` at the seam, where Go would list their types. */
const keyForm = (key: Opened<'key'>['answer']): string | null => {
  if (key?.is === 'certificate') return 'tls: found a certificate rather than a key in the PEM for the private key';
  return key?.is === 'der' || key?.is === 'garbage' ? 'tls: failed to find any PEM data in key input' : null;
};

const mismatch = ({ certificate, publicKey }: X509, key: Opened<'key'>['answer']): PairFault | null => {
  const pem = key && 'publicKey' in key ? key.publicKey : undefined;
  const [half] = pem === undefined ? [] : pemBlocks(pem);
  const algorithm = key?.is === 'pem' && half ? attempt(() => readPublicKey(half.bytes).algorithm) : null;
  if (!half || !algorithm?.ok || !algorithm.value || algorithm.value === 'DSA')
    return { text: 'tls: failed to parse private key', in: 'key' };
  if (publicKey.algorithm === null || publicKey.algorithm === 'DSA')
    return { text: 'tls: unknown public key algorithm', in: 'certificate' };
  if (publicKey.algorithm !== algorithm.value) return { text: 'tls: private key type does not match public key type', in: 'pair' };
  return certificate.publicKeySha256 === sha256(half.bytes) ? null : { text: 'tls: private key does not match public key', in: 'pair' };
};
