/** A CA that users and the front proxy share, as it shows without the files. */
import type { Fix, Place, SharedCa } from '../../model.ts';

export const placeOf = (shared: SharedCa): Place =>
  shared.by === 'flags'
    ? shared.at
    : { object: 'ConfigMap kube-system/extension-apiserver-authentication', field: 'data[requestheader-allowed-names]' };

export function sharedCaEvidence(shared: SharedCa): readonly string[] {
  if (shared.by === 'flags') return [`--client-ca-file and --requestheader-client-ca-file both name ${shared.path}`];
  const { ca, other, is } = shared;
  const where =
    is === 'certificate'
      ? `serial ${ca.serial.hex} is in client-ca-file and in requestheader-client-ca-file`
      : `same name and key: serial ${ca.serial.hex} in requestheader-client-ca-file, serial ${other.serial.hex} in client-ca-file`;
  return [where, 'the ConfigMap lists no allowed name, so no kube-apiserver sets one'];
}

/** The flags alone do not tell which names the pair has, and under a shared CA a name is no protection. */
export const ownFrontProxyCa: Fix = {
  text:
    'On each control-plane node, give the front proxy a CA and a client certificate of its own: set them in --requestheader-client-ca-file, ' +
    "--proxy-client-cert-file and --proxy-client-key-file, and set --requestheader-allowed-names to the certificate's common name.",
};
