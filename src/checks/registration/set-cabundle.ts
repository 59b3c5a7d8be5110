import type { Command } from '../../model.ts';
import { sh } from '../../sh.ts';

/**
 * The command that sets the CA in file `CA.crt` as caBundle of the APIService of this name; `also` are further members of its spec. It
 * changes nothing if the file is missing or empty: an empty caBundle would be accepted. For POSIX sh.
 */
export function setCaBundle(name: string, also: object = {}): Command {
  const [before = '', after = ''] = JSON.stringify({ spec: { ...also, caBundle: '$ca' } }).split('$ca');
  return sh`ca=$(base64 < CA.crt | tr -d '\\n') && [ -n "$ca" ] && kubectl patch apiservice ${name} --type merge -p ${before}"$ca"${after}`;
}
