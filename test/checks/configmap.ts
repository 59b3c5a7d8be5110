import { days } from '../support/facts.ts';

export const object = 'ConfigMap kube-system/extension-apiserver-authentication';
export const names = 'requestheader-allowed-names';
export const entry = (text: string, manager: string | null, key = names) => ({
  key,
  entry: text,
  writer: manager === null ? null : { manager, at: days(-2) },
});
