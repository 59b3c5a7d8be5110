import { keep } from '../../distributions/keep.ts';
import { caKeyBeside } from '../../distributions/openssl-front-proxy.ts';
import type { Fix } from '../../model.ts';
import { sh } from '../../sh.ts';

/**
 * How a CA certificate is reissued with the same key and name, so that what it signed stays valid. `path` null: no file holds it alone.
 * `openssl x509` keeps the name byte for byte, as Go wants it; `openssl req -subj` would write another string type. Go does not compare key
 * identifiers and other verifiers do, so the new one says what the certificates below it ask for.
 */
export function reissueCa(path: string | null, leaf: string | null, keyId: string | null | undefined): Fix {
  const text = 'Reissue this CA certificate with the same key and the same name, with CA:TRUE and keyCertSign and without constraints';
  const key = path && caKeyBeside(path);
  if (!key || !leaf) return { text: `${text}, and put it in the old one's place on every control-plane node.` };
  const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature,keyCertSign'];
  if (keyId) extensions.push(`subjectKeyIdentifier=${keyId}`);
  return {
    text: `${text}; kube-apiserver reads it and writes it to the ConfigMap within a minute. Run this where the CA's key is:`,
    commands: [
      sh`printf ${`${extensions.join('\\n')}\\n`} > /root/ca.ext`,
      sh`openssl x509 -in ${path} -signkey ${key} -clrext -extfile /root/ca.ext -days 3650 -out /root/ca.crt && openssl verify -CAfile /root/ca.crt -untrusted ${leaf} ${leaf} && ${{ command: keep(path) }} && cp /root/ca.crt ${path}    # then on every control-plane node`,
    ],
  };
}
