import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { requestheaderCa } from '../apiserver/requestheader-ca.ts';
import { signerFaultByFlags } from '../apiserver/signer-fault-by-flags.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { untrustedPeers as distrustsAmong } from '../untrusted-peers.ts';
import { moment } from './now.ts';
import { observedAt } from './of-each.ts';

/** Among the kube-apiservers whose files are visible, at a moment when the certificate is valid. */
export const untrustedPeers = fact({
  name: 'untrustedPeers',
  needs: {
    certificates: maybe(each(proxyClientCert)),
    cas: maybe(each(requestheaderCa)),
    signers: maybe(each(signerFaultByFlags)),
    moment,
  },
  from: ({ certificates, cas, signers, moment }) =>
    certificates.ok && cas.ok && signers.ok
      ? distrustsAmong(
          certificates.value.map(({ name, observed }, index) => ({
            node: name,
            proxyClientCert: observed,
            requestheaderCa: observedAt(cas.value, index),
            signerFaultByFlags: observedAt(signers.value, index),
          })),
          moment,
        )
      : [],
});
