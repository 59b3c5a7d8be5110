import { defineCheck, defineProof } from '../../check.ts';
import { later } from '../upgrade/upgrade-effects.ts';
import { allowFrontProxy } from './allow-front-proxy.ts';
import { ownFrontProxyCa, placeOf, sharedCaEvidence } from './shared-ca.ts';

/** The first minor version that does not start with this fault: kubernetes/kubernetes#131411. */
const refusesSince = 35;

export default defineCheck({
  id: 'allowed-names-empty-shared-ca',
  title: 'the client CA cannot issue front-proxy certificates while allowed names is empty',
  severity: 'error',
  modes: ['F13', 'P13', 'V06'],
  scope: 'apiserver',
  needs: ['flags', 'clientCa', 'requestheaderCa', 'minorVersion'],
  wants: ['distribution', 'frontProxyRemedy', 'proxyClientCert', 'upgrade'],
  judges: ['shared-ca-refused'],
  proof: defineProof({
    needs: ['sharedCa', 'upgrade'],
    run: ({ sharedCa, upgrade }) => {
      if (sharedCa === null) return [];
      if (sharedCa === 'none' || (sharedCa.by === 'ConfigMap' && sharedCa.is === 'key')) return 'passes';
      const ca = sharedCa.by === 'flags' ? `in \`${sharedCa.path}\`` : `\`${sharedCa.ca.subject}\``;
      return [
        {
          // What other kube-apiservers published stays in the ConfigMap: it does not show what this one would start with.
          message: consequence(ca, sharedCa.by === 'flags' ? sharedCa.minor : 0),
          at: placeOf(sharedCa),
          evidence: [...sharedCaEvidence(sharedCa), rule],
          fix: ownFrontProxyCa,
          ...later(upgrade, 'shared-ca-refused'),
        },
      ];
    },
  }),
  causes: { signatures: ['exits-by-overlapping-cas'] },
  explain: {
    looksAt:
      'certificates that are in `--client-ca-file` and in `--requestheader-client-ca-file`, while `--requestheader-allowed-names` is empty',
    why: "With an empty list, any certificate of that CA can act as any user: each user's own certificate opens the whole cluster.",
    kubernetes:
      'kube-apiserver 1.35 and later exits: `… contain overlapping certificates; --requestheader-allowed-names must be specified …`. Older versions start with the security hole.',
    repair:
      'List the CN of the front-proxy client certificate in `--requestheader-allowed-names`; better, use a separate CA for the front proxy.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go, v0.35.0 (kubernetes/kubernetes#131411)',
  },
  run({ flags, clientCa, requestheaderCa, minorVersion, proxyClientCert, distribution, frontProxyRemedy, upgrade }) {
    if (!clientCa || !requestheaderCa) return null;
    if (flags.byName['requestheader-allowed-names']?.list.length) return [];
    const shared = requestheaderCa.certificates.filter((ca) => clientCa.certificates.some((other) => other.fingerprint === ca.fingerprint));
    const [first] = shared;
    if (!first) return [];
    return [
      {
        message: consequence(`\`${first.subject}\``, minorVersion),
        at: flags.byName['requestheader-allowed-names']?.at ?? flags.at,
        evidence: [`in ${clientCa.path} and in ${requestheaderCa.path}`, rule],
        fix: allowFrontProxy(
          proxyClientCert?.certificates[0],
          frontProxyRemedy,
          flags.byName['requestheader-allowed-names']?.at ?? flags.at,
          distribution,
        ),
        ...later(upgrade, 'shared-ca-refused'),
      },
    ];
  },
});

const rule = 'kube-apiserver 1.35 and later does not start; older versions let any certificate of that CA act as any user';

/** What follows for this version; of one that is not known both are said. */
function consequence(ca: string, minor: number | null): string {
  const because = `the CA ${ca} signs both users and the front proxy, and \`--requestheader-allowed-names\` is empty`;
  if (minor === null) return `kube-apiserver 1.35 and later cannot start, and an older one lets every user act as any other: ${because}.`;
  return minor < refusesSince
    ? `Every user with a client certificate can act as any other user: ${because}.`
    : `kube-apiserver cannot start: ${because}.`;
}
