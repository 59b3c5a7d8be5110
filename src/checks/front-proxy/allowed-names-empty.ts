import { defineCheck, defineProof } from '../../check.ts';
import { allowFrontProxy } from './allow-front-proxy.ts';
import { ownFrontProxyCa, placeOf, sharedCaEvidence } from './shared-ca.ts';

export default defineCheck({
  id: 'allowed-names-empty',
  title: 'while `--requestheader-allowed-names` is empty, the requestheader CA issues no user certificates',
  severity: 'warning',
  modes: ['F12'],
  scope: 'apiserver',
  needs: ['flags', 'clientCa', 'requestheaderCa'],
  wants: ['distribution', 'frontProxyRemedy', 'proxyClientCert'],
  proof: defineProof({
    needs: ['sharedCa'],
    run: ({ sharedCa }) => {
      if (sharedCa === 'none') return 'passes';
      if (sharedCa === null || sharedCa.by === 'flags' || sharedCa.is === 'certificate') return [];
      return [{ message: twins(sharedCa.ca.subject), at: placeOf(sharedCa), evidence: sharedCaEvidence(sharedCa), fix: ownFrontProxyCa }];
    },
  }),
  explain: {
    looksAt:
      'CAs with the same name and key, but different certificates, in `--client-ca-file` and `--requestheader-client-ca-file`, while `--requestheader-allowed-names` is empty',
    why: 'With an empty list, every client certificate that the requestheader CA issued can set user headers. That is safe only while this CA issues front-proxy client certificates and nothing else.',
    kubernetes:
      'Everything works. kube-apiserver 1.35 and later refuses to start only if both files contain the same certificate; it does not compare keys.',
    repair:
      'List the common name of the front-proxy client certificate on every control-plane node, or create a CA for the front proxy alone.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go (verifySubject), pkg/server/options/authentication.go, v0.37.2',
  },
  run({ flags, clientCa, requestheaderCa, distribution, frontProxyRemedy, proxyClientCert }) {
    if (!clientCa || !requestheaderCa) return null;
    const flag = flags.byName['requestheader-allowed-names'];
    if (flag?.list.length) return [];
    const pairs = requestheaderCa.certificates.flatMap((ca) =>
      clientCa.certificates
        .filter(({ publicKeySha256, rawSubject }) => publicKeySha256 === ca.publicKeySha256 && rawSubject === ca.rawSubject)
        .map((twin) => ({ ca, twin })),
    );
    const [first] = pairs;
    // A certificate that is in both files has a check of its own.
    if (!first || pairs.some(({ ca, twin }) => ca.fingerprint === twin.fingerprint)) return [];
    const at = flag?.at ?? flags.at;
    return [
      {
        message: twins(first.ca.subject),
        at,
        evidence: pairs.map(
          ({ ca, twin }) =>
            `same name and key: serial ${ca.serial.hex} in ${requestheaderCa.path}, serial ${twin.serial.hex} in ${clientCa.path}`,
        ),
        fix: allowFrontProxy(proxyClientCert?.certificates[0], frontProxyRemedy, at, distribution),
      },
    ];
  },
});

const twins = (ca: string) =>
  `Every user with a client certificate can act as any other: \`${ca}\` is a client CA and the requestheader CA, and \`--requestheader-allowed-names\` is empty.`;
