/** The flags that aggregation needs and that are not set, named together: each edit restarts kube-apiserver. */
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { editFlag } from '../../distributions/fixes.ts';
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
  const { cert, key, ca } = frontProxyFiles(distribution);
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
  return editFlag(at, `Set ${list(Object.entries(set).map(([name, value]) => `--${name}=${value}`))}`, distribution);
}
