/**
 * The command that sets the CA in file `CA.crt` as caBundle of the APIService of this name; `also` are further members of its spec as JSON,
 * each followed by a comma. It changes nothing if the file is missing or empty: an empty caBundle would be accepted. For POSIX sh.
 */
export const setCaBundle = (name: string, also = ''): string =>
  `ca=$(base64 < CA.crt | tr -d '\\n') && [ -n "$ca" ] && kubectl patch apiservice ${name} --type merge -p '{"spec":{${also}"caBundle":"'"$ca"'"}}'`;
