/** The front proxy's CA and pair, made with openssl alone: for clusters that no tool keeps. Each command needs the one before. */
import type { Command, FrontProxyIssue } from '../model.ts';
import { sh } from '../sh.ts';
import type { FrontProxyFiles } from './distribution.ts';
import { usualFrontProxyName } from './front-proxy-name.ts';
import { keep } from './keep.ts';

/** The key beside a CA certificate, as kubeadm and k3s (`.crt`) or cfssl (`.pem`) name it; null: its name tells of none. */
export const caKeyBeside = (ca: string): string | null =>
  /\.(crt|pem)$/.test(ca) ? ca.replace(/\.crt$/, '.key').replace(/\.pem$/, '-key.pem') : null;

/** Without a configuration of its own openssl reads the one of the system, which may add extensions or be absent. */
const folder = sh`d=$(mktemp -d) && printf '[req]\\ndistinguished_name=dn\\n[dn]\\n' > "$d"/req.cnf`;
const request = (file: Command, name: Command) =>
  sh`openssl req -new -config "$d"/req.cnf -newkey rsa:2048 -nodes -keyout "$d"/${{ command: file }}.key -subj ${{ command: name }} -out "$d"/${{ command: file }}.csr`;
const serial = sh`"0x$(openssl rand -hex 15)"`;
/** Names that openssl takes for nothing else. */
const plainName = /^[\w:.@-]{1,64}$/;

const clientExtensions = sh`printf 'basicConstraints=critical,CA:FALSE\\nkeyUsage=critical,digitalSignature\\nextendedKeyUsage=clientAuth\\n' > "$d"/client.ext`;
/** Makes `"$d"/client.crt` and its key, if the CA is a CA, and the key is its own. */
const signed = (commonName: string, ca: Command, caKey: Command) =>
  sh`${{ command: request(sh`client`, sh`${`/CN=${commonName}`}`) }} && ${{ command: clientExtensions }} && openssl x509 -req -sha256 -days 365 -in "$d"/client.csr -CA ${{ command: ca }} -CAkey ${{ command: caKey }} -set_serial ${{ command: serial }} -extfile "$d"/client.ext -out "$d"/signed.crt && openssl verify -purpose sslclient -CAfile ${{ command: ca }} "$d"/signed.crt && mv "$d"/signed.crt "$d"/client.crt`;
const keptFirst = (files: readonly string[]) =>
  files.reduce<Command>((all, file) => sh`${{ command: all }}${{ command: keep(file) }} && `, sh``);
const placed = ({ cert, key }: { readonly cert: string; readonly key: string }, replaces: readonly string[]) =>
  sh`[ -s "$d"/client.crt ] && ${{ command: keptFirst(replaces) }}cp "$d"/client.crt ${cert} && cp "$d"/client.key ${key} && rm -r "$d"`;

/** Issues the pair from a CA whose key is on this node; null where openssl cannot tell how. */
export function issueWithOpenssl({ ca, caKey, pair, commonName, replaces }: FrontProxyIssue): readonly Command[] | null {
  if (!pair || ca === null || caKey.path === null || !['fits', 'unknown'].includes(caKey.is) || !plainName.test(commonName)) return null;
  const first = caKey.lines ? sh`sed -n ${`${caKey.lines.from},${caKey.lines.to}p`} ${ca}` : sh`cat ${ca}`;
  return [
    sh`${{ command: folder }} && ${{ command: first }} > "$d"/ca.crt && ${{ command: signed(commonName, sh`"$d"/ca.crt`, sh`${caKey.path}`) }}`,
    placed(pair, replaces),
  ];
}

const caExtensions = sh`printf 'basicConstraints=critical,CA:TRUE\\nkeyUsage=critical,digitalSignature,keyCertSign\\nsubjectKeyIdentifier=hash\\n' > "$d"/ca.ext`;
const newCa = sh`${{ command: folder }} && ${{ command: request(sh`ca`, sh`"/CN=front-proxy-ca-$(date +%Y%m%d%H%M%S)"`) }} && ${{ command: caExtensions }} && openssl x509 -req -sha256 -days 3650 -in "$d"/ca.csr -signkey "$d"/ca.key -set_serial ${{ command: serial }} -extfile "$d"/ca.ext -out "$d"/ca.crt`;
/** Waits five minutes at most: it may be the wrong cluster that is asked, or none. `kubeconfig` null: what the user's own kubectl takes. */
function published(kubeconfig: string | null): Command {
  const kubectl = kubeconfig ? sh`kubectl --kubeconfig ${kubeconfig}` : sh`kubectl`;
  return sh`for i in $(seq 60); do ${{ command: kubectl }} -n kube-system get configmap extension-apiserver-authentication -o jsonpath='{.data.requestheader-client-ca-file}' | grep -qF "$(sed -n 2p "$d"/ca.crt)" && break; [ "$i" -lt 60 ] && sleep 5; done`;
}

/** Makes a CA and a pair where there are none. */
export function makeFrontProxy({ ca, cert, key }: FrontProxyFiles): readonly Command[] {
  const caKey = caKeyBeside(ca) ?? `${ca}.key`;
  return [
    newCa,
    signed(usualFrontProxyName, sh`"$d"/ca.crt`, sh`"$d"/ca.key`),
    sh`[ -s "$d"/client.crt ] && [ ! -e ${ca} ] && [ ! -e ${cert} ] && cp "$d"/ca.crt ${ca} && cp "$d"/ca.key ${caKey} && cp "$d"/client.crt ${cert} && cp "$d"/client.key ${key} && rm -r "$d"`,
  ];
}

/** The CA that is replaced, and how the cluster is asked. */
export interface ReplacedCa {
  /** Those that the flags name. */
  readonly files: FrontProxyFiles;
  readonly commonName: string;
  /** It is of no use any more; else the new one is put before it, because it signed the pair that is in use. */
  readonly expired: boolean;
  /** Of the administrator, on this node; null: nobody knows where. */
  readonly kubeconfig: string | null;
}
/**
 * Makes a new CA, waits until extension API servers can read it, and issues a pair from it under the same name. null: openssl cannot tell how.
 */
export function replaceCa({ files: { ca, cert, key }, commonName, expired, kubeconfig }: ReplacedCa): readonly Command[] | null {
  const caKey = caKeyBeside(ca);
  if (caKey === null || !plainName.test(commonName)) return null;
  return [
    newCa,
    sh`[ -s "$d"/ca.crt ] && ${{ command: keep(ca) }} && { [ ! -e ${caKey} ] || ${{ command: keep(caKey) }}; } && cat "$d"/ca.crt ${{ command: expired ? sh`` : sh`${ca} ` }}> "$d"/bundle.crt && cp "$d"/bundle.crt ${ca} && cp "$d"/ca.key ${caKey}`,
    sh`[ -s "$d"/bundle.crt ] && ${{ command: published(kubeconfig) }} && ${{ command: signed(commonName, sh`"$d"/ca.crt`, sh`"$d"/ca.key`) }}`,
    placed({ cert, key }, [cert, key]),
  ];
}
