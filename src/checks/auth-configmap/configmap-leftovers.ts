/** Entries of the ConfigMap that no kube-apiserver makes: left over from an earlier time, or written by another hand. */

import { isKubeApiserver } from '../../distributions/places.ts';
import { list } from '../../format.ts';
import type { Fix, UnclaimedEntry } from '../../model.ts';

/** Whether somebody else wrote the entry's key last. */
export const byAnother = ({ writer }: UnclaimedEntry): boolean => writer !== null && !isKubeApiserver(writer.manager);

export const named = (entries: readonly UnclaimedEntry[]): string =>
  `ConfigMap \`extension-apiserver-authentication\` holds ${list(entries.map(({ key, entry }) => `\`${entry}\` (${key})`))}`;
export const placeOf = ([first]: readonly UnclaimedEntry[]) => ({
  object: 'ConfigMap kube-system/extension-apiserver-authentication',
  ...(first && { field: `data[${first.key}]` }),
});

/** Never the whole ConfigMap: other entries of it may hide a fault that would show then. */
export const takeOut = (entries: readonly UnclaimedEntry[], first: string): Fix => ({
  text: `${first}, take just ${entries.length === 1 ? 'this entry' : 'these entries'} out and leave the rest; what a running kube-apiserver needs it adds again within a minute:`,
  commands: [
    `kubectl -n kube-system edit configmap extension-apiserver-authentication    # without ${list(entries.map(({ entry }) => entry))}`,
  ],
});
