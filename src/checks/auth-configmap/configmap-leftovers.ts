/** Entries of the ConfigMap that come from no kube-apiserver: left over from earlier flags, or written by someone else. */

import { isKubeApiserver } from '../../distributions/places.ts';
import { list } from '../../format.ts';
import type { Fix, UnclaimedEntry } from '../../model.ts';
import { sh } from '../../sh.ts';

/** Whether someone else last wrote the entry's key. */
export const byAnother = ({ writer }: UnclaimedEntry): boolean => writer !== null && !isKubeApiserver(writer.manager);

export const named = (entries: readonly UnclaimedEntry[]): string =>
  `ConfigMap \`extension-apiserver-authentication\` contains ${list(entries.map(({ key, entry }) => `\`${entry}\` (${key})`))}`;
export const placeOf = ([first]: readonly UnclaimedEntry[]) => ({
  object: 'ConfigMap kube-system/extension-apiserver-authentication',
  ...(first && { field: `data[${first.key}]` }),
});

/** Never the whole ConfigMap: its other entries may hide a fault. */
export const takeOut = (entries: readonly UnclaimedEntry[], first: string): Fix => ({
  text: `${first}, remove only ${entries.length === 1 ? 'this entry' : 'these entries'} and leave the rest. A running kube-apiserver adds what it needs again within a minute:`,
  commands: [
    sh`kubectl -n kube-system edit configmap extension-apiserver-authentication    # without ${list(entries.map(({ entry }) => entry))}`,
  ],
});
