import { defineCheck, defineProof } from '../../check.ts';
import { writeCsv } from '../../csv.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { isFrontProxyName, isSharedByFlags, mayBeAllowed } from '../../distributions/front-proxy-name.ts';
import { everyUser } from '../../model.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';
import { meantLeaf } from './intended-leaf.ts';
import { provenBy } from './log-evidence.ts';

const ownPair =
  'Issue a certificate for the front proxy alone, with an allowed CN. Allow the present CN only if no client outside kube-apiserver has a certificate with this name.';

export default defineCheck({
  id: 'allowed-names-exclude-cn',
  title: 'the allowed names include the common name of the front-proxy client certificate',
  severity: 'error',
  modes: ['F06', 'F11', 'F14', 'F15', 'H03'],
  scope: 'apiserver',
  needs: ['flags', 'proxyClientCert', 'signerFaultByFlags', 'clientCaIdentity'],
  wants: ['distribution', 'authConfigMap', 'frontProxyRemedy'],
  proof: defineProof({
    needs: ['loggedRejection', 'authConfigMap'],
    run: ({ loggedRejection, authConfigMap }) =>
      provenBy(loggedRejection, 'name-not-allowed', ({ commonName, pod }) => ({
        because: `the common name \`${commonName}\` of the front-proxy client certificate is not among the allowed names`,
        evidence: [`allowed by the ConfigMap: ${JSON.stringify(authConfigMap?.allowedNames ?? [])}`],
        fix:
          commonName !== null && isFrontProxyName(commonName)
            ? editFlag({ object: pod }, `Add ${writeCsv([commonName])} to --requestheader-allowed-names`)
            : { text: ownPair },
      })),
  }),
  after: ['requestheader-value-empty'],
  causes: {
    signatures: ['rejected', 'bad-request'],
    symptoms: ['kube-apiservers-differ/requestheader-allowed-names', 'user-identity-wrong', 'configmap-names-exclude-cn'],
  },
  explain: {
    looksAt: 'whether `--requestheader-allowed-names` contains the CN of the front-proxy client certificate; the comparison is exact',
    why: 'Extension API servers accept the user headers only from a certificate with a CN in the list, or with any CN if the list is empty.',
    kubernetes:
      'Extension API servers answer 401 and log `x509: subject with cn=NAME is not in the allowed list`. Names from an earlier start stay in the ConfigMap, so there is no symptom until it is recreated.',
    repair:
      "Add the certificate's CN to the flag on every control-plane node, or issue a certificate with an allowed CN. If the CA also signs users, allow no client's name: each holder of its certificate could act as any user.",
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go (verifySubject), v0.37.2',
  },
  run({ flags, proxyClientCert, signerFaultByFlags, clientCaIdentity, authConfigMap, distribution, frontProxyRemedy }) {
    const leaf = proxyClientCert ? meantLeaf(proxyClientCert.certificates) : undefined;
    const flag = flags.byName['requestheader-allowed-names'];
    if (!proxyClientCert || !leaf) return null;
    // Another identity's pair also has another name: that is one fault, and has its own check.
    if (signerFaultByFlags && clientCaIdentity) return [];
    if (!flag || flag.list.length === 0 || flag.list.includes(leaf.commonName)) return [];
    const published = authConfigMap?.allowedNames;
    // In the ConfigMap, an empty list allows every name.
    const masked = Boolean(published && (published.length === 0 || published.includes(leaf.commonName)));
    const padded = flag.list.find((name) => name.replace(/^['"\s]+|['"\s]+$/g, '') === leaf.commonName);
    // Under a CA that also signs users, the name of a client would let everybody who has its certificate act as any user.
    const mayAllow =
      leaf.basicConstraints?.ca !== true &&
      mayBeAllowed(leaf.commonName, clientCaIdentity !== null || isSharedByFlags(flags)) &&
      frontProxyRemedy?.issue !== null;
    const because =
      padded === undefined
        ? `the common name \`${leaf.commonName}\` of the front-proxy client certificate is not in \`--requestheader-allowed-names\``
        : `the ${/["']/.test(padded) ? 'quotes are' : 'space is'} part of the name in \`--requestheader-allowed-names\`: \`${JSON.stringify(padded)}\` is not \`"${leaf.commonName}"\``;
    return [
      {
        message: masked
          ? `Aggregated APIs work only while ConfigMap \`extension-apiserver-authentication\` allows more names than this flag: ${because}.`
          : clientCaIdentity
            ? `Every user acts as \`${clientCaIdentity.user}\` in every extension API server: the client CA also signed the front-proxy certificate, and ${because}.`
            : `Aggregated APIs fail for ${everyUser}: ${because}.`,
        at: flag.at,
        evidence: [
          `allowed by the flag: ${JSON.stringify(flag.list)}`,
          ...(published
            ? [`allowed by the ConfigMap: ${published.length === 0 ? 'any name' : JSON.stringify(published)}`]
            : unread(authConfigMap)),
          `presented: ${leaf.subject}, from ${proxyClientCert.path}`,
        ],
        fix:
          padded !== undefined
            ? editFlag(flag.at, `Write ${leaf.commonName} without quotes or spaces in --requestheader-allowed-names`, distribution)
            : mayAllow
              ? editFlag(flag.at, `Add ${writeCsv([leaf.commonName])} to --requestheader-allowed-names`, distribution)
              : fixFrontProxy(frontProxyRemedy, distribution, 'another'),
        ...hidden(masked),
      },
    ];
  },
});
