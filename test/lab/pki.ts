/** Certificates with chosen properties, by openssl. Keys are made anew each time and live only in the caller's hands. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = promisify(execFile);

/** A certificate (or a chain, leaf first) and its private key, in PEM. */
export interface Pair {
  cert: string;
  key: string;
}

export interface Wanted {
  commonName?: string;
  organizations?: string[];
  /** Who signs it; itself, when not given. */
  issuer?: Pair;
  /** Private key in PEM to use; a new one, when not given. */
  key?: string;
  keyType?: 'rsa' | 'rsa512' | 'rsa768' | 'ecdsa' | 'secp256k1' | 'ed25519';
  /** One hour ago, when not given. */
  notBefore?: Date;
  /** A year from now, when not given. */
  notAfter?: Date;
  /** A CA certificate: basicConstraints and keyUsage as kubeadm's CAs have them. */
  ca?: boolean;
  /** openssl's names, e.g. `clientAuth`, `serverAuth`; none means no such extension. */
  extendedKeyUsage?: string[];
  /** openssl's notation, e.g. `DNS:api.wardle.svc`, `IP:192.0.2.10`. */
  subjectAltNames?: string[];
  /** Writes the subject as Go does, in PrintableStrings; openssl's own choice is UTF8String. */
  asGo?: boolean;
  /** openssl's name of the signature's hash. */
  hash?: 'sha1' | 'sha256';
  /** In place of basicConstraints, keyUsage and the like: openssl's notation, e.g. `basicConstraints = CA:FALSE`. */
  instead?: string[];
  /** Besides those. */
  besides?: string[];
}

const keyArguments = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  rsa512: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:512'],
  ecdsa: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  rsa768: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:768'],
  secp256k1: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  ed25519: ['-algorithm', 'ED25519'],
};
const hour = 3_600_000;

/** X.509's UTCTime or GeneralizedTime as openssl takes it: YYYYMMDDHHMMSSZ. */
const time = (date: Date) => `${date.toISOString().replace(/[-:T]|\..*/g, '')}Z`;

/** Issues a certificate. Fails with what openssl says. */
export async function issue(wanted: Wanted): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'aggctl-pki-'));
  try {
    return await issueIn(folder, wanted);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function issueIn(folder: string, wanted: Wanted): Promise<Pair> {
  const { issuer, keyType = 'ecdsa', notBefore = new Date(Date.now() - hour), notAfter = new Date(Date.now() + 365 * 24 * hour) } = wanted;
  const file = (name: string) => join(folder, name);
  const run = (...args: string[]) => openssl('openssl', args, { cwd: folder });
  const key = wanted.key ?? (await run('genpkey', ...keyArguments[keyType])).stdout;
  await writeFile(file('key'), key, { mode: 0o600 });
  await writeFile(file('config'), configuration(wanted));
  await writeFile(file('database'), '');
  await run('req', '-new', '-config', 'config', '-key', 'key', '-out', 'request');
  if (issuer) {
    await writeFile(file('issuer.crt'), issuer.cert);
    await writeFile(file('issuer.key'), issuer.key, { mode: 0o600 });
  }
  const signer = issuer ? ['-cert', 'issuer.crt', '-keyfile', 'issuer.key'] : ['-selfsign', '-keyfile', 'key'];
  const lifetime = ['-startdate', time(notBefore), '-enddate', time(notAfter)];
  await run('ca', '-batch', '-config', 'config', '-notext', ...signer, ...lifetime, '-in', 'request', '-out', 'cert');
  return { cert: await readFile(file('cert'), 'utf8'), key };
}

function configuration(wanted: Wanted): string {
  const { commonName, organizations = [], ca = false, extendedKeyUsage = [], subjectAltNames = [], besides = [] } = wanted;
  const basic = [
    `basicConstraints = critical, CA:${ca ? 'TRUE' : 'FALSE'}`,
    `keyUsage = critical, digitalSignature, ${ca ? 'keyCertSign' : 'keyEncipherment'}`,
  ];
  return [
    '[req]',
    'prompt = no',
    `string_mask = ${wanted.asGo ? 'default' : 'utf8only'}`,
    'distinguished_name = subject',
    '[subject]',
    ...organizations.map((organization, index) => `${index}.O = ${organization}`),
    ...(commonName === undefined ? [] : [`CN = ${commonName}`]),
    '[ca]',
    'default_ca = issuer',
    '[issuer]',
    'database = database',
    'new_certs_dir = .',
    `default_md = ${wanted.hash ?? 'default'}`,
    'rand_serial = yes',
    'unique_subject = no',
    'policy = any',
    'preserve = yes',
    'x509_extensions = extensions',
    '[any]',
    'organizationName = optional',
    'commonName = optional',
    '[extensions]',
    ...(wanted.instead ?? basic),
    ...besides,
    'subjectKeyIdentifier = hash',
    'authorityKeyIdentifier = keyid',
    ...(extendedKeyUsage.length > 0 ? [`extendedKeyUsage = ${extendedKeyUsage.join(', ')}`] : []),
    ...(subjectAltNames.length > 0 ? [`subjectAltName = ${subjectAltNames.join(', ')}`] : []),
    '',
  ].join('\n');
}
