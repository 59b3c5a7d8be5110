/** kube-apiserver inside MicroShift, which has no option for these flags. */
import { certificates, flags } from '../../../distributions/microshift.ts';
import { builtIn } from './built-in.ts';
import type { Reader } from './reader.ts';

export const microshift: Reader = async (ask) => {
  const folder = await ask({ kind: 'dir', path: certificates });
  if (!folder.ok) return folder.why === 'denied' ? folder : { ok: true, value: null };
  const isThere = folder.value.is === 'directory';
  return { ok: true, value: isThere ? builtIn('MicroShift configuration', { own: flags, inside: "MicroShift's own flags" }) : null };
};
