/** The flags that aggregation needs and that are not set, named together: each edit restarts kube-apiserver. */
import type { FrontProxyFiles } from '../../distributions/distribution.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { makeFrontProxy } from '../../distributions/openssl-front-proxy.ts';
import { frontProxyFiles, standardFilesOf } from '../../distributions/places.ts';
import { list } from '../../format.ts';
import type { Fix, Flags, FrontProxyRemedy } from '../../model.ts';

const pairFlags = ['proxy-client-cert-file', 'proxy-client-key-file'];
const caFlag = 'requestheader-client-ca-file';

/** `own` are flags that a check names itself. */
export function setMissing(
  { at, byName }: Flags,
  remedy: FrontProxyRemedy | undefined,
  distribution: string | null | undefined,
  own: Readonly<Record<string, string>> = {},
): Fix {
  const made = distribution ? null : besideClientCa({ at, byName });
  const { cert, key, ca } = made ?? frontProxyFiles(distribution);
  // Half a pair has a check of its own, and a guess that fits it.
  const half = pairFlags.some((name) => byName[name]?.value);
  const usual: readonly (readonly [string, string])[] = [
    ...(half ? [] : [['proxy-client-cert-file', cert] as const, ['proxy-client-key-file', key] as const]),
    [caFlag, ca],
    ['requestheader-username-headers', 'X-Remote-User'],
    ['requestheader-group-headers', 'X-Remote-Group'],
    ['requestheader-extra-headers-prefix', 'X-Remote-Extra-'],
  ];
  const set = { ...Object.fromEntries(usual.filter(([name]) => !byName[name]?.value)), ...own };
  const names = Object.keys(set);
  if (standardFilesOf(distribution) && remedy && !half && [...pairFlags, caFlag].some((name) => names.includes(name)))
    return fixFrontProxy(remedy, distribution, 'working', set);
  const edit = editFlag(at, `Set ${list(Object.entries(set).map(([name, value]) => `--${name}=${value}`))}`, distribution);
  if (!made) return edit;
  return {
    text: `As root on one control-plane node, make a CA and a pair for the front proxy, and copy the four files to every other one. Then ${edit.text.slice(0, 1).toLowerCase()}${edit.text.slice(1)}`,
    commands: [...makeFrontProxy(made), ...(edit.commands ?? [])],
  };
}

/** Where nothing of a front proxy is set, on a node that no distribution keeps: its files go beside the CA of the users. */
function besideClientCa({ at, byName }: Pick<Flags, 'at' | 'byName'>): FrontProxyFiles | null {
  const clientCa = byName['client-ca-file']?.value ?? '';
  const isOfNode = 'file' in at && /^\/(?:etc|opt|srv|usr|var)\//.test(at.file);
  if (!isOfNode || !clientCa.startsWith('/') || [...pairFlags, caFlag].some((name) => byName[name]?.value)) return null;
  const stem = clientCa.replace(/[^/]*$/, 'front-proxy');
  return clientCa.endsWith('.pem')
    ? { ca: `${stem}-ca.pem`, cert: `${stem}-client.pem`, key: `${stem}-client-key.pem` }
    : { ca: `${stem}-ca.crt`, cert: `${stem}-client.crt`, key: `${stem}-client.key` };
}
