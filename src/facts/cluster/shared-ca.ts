import type { AuthenticationConfigMap, Flags, Observed, SharedCa } from '../../model.ts';
import { flags } from '../apiserver/flags.ts';
import { minorVersion } from '../apiserver/minor-version.ts';
import { each, fact, maybe, type Of } from '../engine/declare.ts';
import { authConfigMap } from './auth-configmap.ts';
import { observedAt } from './of-each.ts';
import { minor } from './version.ts';

/** The CA that may sign for the front proxy under any name, as far as it shows without the files: by flags that name one file, or by the ConfigMap. null: not known. */
export const sharedCa = fact({
  name: 'sharedCa',
  needs: { configMap: maybe(authConfigMap), minor, all: maybe(each(flags)), minors: maybe(each(minorVersion)) },
  read: ({ configMap, minor, all, minors }): Observed<SharedCa | 'none' | null> => {
    const byFlags = all.ok && minors.ok ? sharedByFlags(all.value, minors.value) : null;
    if (byFlags) return { ok: true, value: byFlags };
    return configMap.ok ? { ok: true, value: configMap.value && sharedByConfigMap(configMap.value, minor) } : configMap;
  },
});

function sharedByFlags(all: readonly Of<Flags>[], minors: readonly Of<number | null>[]): SharedCa | null {
  const found = all.flatMap(({ observed }, index) => {
    if (!observed.ok) return [];
    const { byName, at } = observed.value;
    const names = byName['requestheader-allowed-names'];
    const path = byName['client-ca-file']?.value;
    if (!path || path !== byName['requestheader-client-ca-file']?.value || names?.list.length) return [];
    const known = observedAt(minors, index);
    return [{ by: 'flags' as const, path, at: names?.at ?? at, minor: known.ok ? known.value : null }];
  });
  return found[0] ?? null;
}

/** The ConfigMap holds what each kube-apiserver was started with. Names that are there may be another one's: only where there are none, no kube-apiserver has any. */
export function sharedByConfigMap(
  { clientCa, requestheaderCa, allowedNames, malformed }: AuthenticationConfigMap,
  minor: number | null,
): SharedCa | 'none' | null {
  if (malformed.length > 0) return null;
  const pairs = (requestheaderCa ?? []).flatMap((ca) => (clientCa ?? []).map((other) => ({ ca, other })));
  const same = pairs.find(({ ca, other }) => ca.fingerprint === other.fingerprint);
  const twin = pairs.find(({ ca, other }) => ca.publicKeySha256 === other.publicKeySha256 && ca.rawSubject === other.rawSubject);
  const found = same ?? twin;
  if (!found) return 'none';
  return allowedNames?.length ? null : { by: 'ConfigMap', ...found, is: found === same ? 'certificate' : 'key', minor };
}
