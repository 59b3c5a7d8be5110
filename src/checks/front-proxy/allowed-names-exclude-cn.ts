import { defineCheck, defineProof } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { everyUser } from '../../model.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';
import { meantLeaf } from './intended-leaf.ts';
import { provenBy } from './log-evidence.ts';

export default defineCheck({
  id: 'allowed-names-exclude-cn',
  title: 'the allowed names include the common name of the front-proxy client certificate',
  severity: 'error',
  modes: ['F06', 'F11', 'F14', 'F15', 'H03'],
  scope: 'apiserver',
  needs: ['flags', 'proxyClientCert', 'signerFaultByFlags', 'clientCaIdentity'],
  wants: ['distribution', 'authConfigMap'],
  proof: defineProof({
    needs: ['loggedRejection', 'authConfigMap'],
    run: ({ loggedRejection, authConfigMap }) =>
      provenBy(loggedRejection, 'name-not-allowed', ({ commonName, pod }) => ({
        because: `the common name \`${commonName}\` of the front-proxy client certificate is not among the allowed names`,
        evidence: [`allowed by the ConfigMap: ${JSON.stringify(authConfigMap?.allowedNames ?? [])}`],
        fix: editFlag({ object: pod }, `Add ${commonName} to --requestheader-allowed-names, or issue a certificate with an allowed CN,`),
      })),
  }),
  after: ['requestheader-value-empty'],
  causes: {
    signatures: ['rejected'],
    symptoms: ['kube-apiservers-differ/requestheader-allowed-names', 'user-identity-wrong', 'configmap-names-exclude-cn'],
  },
  explain: {
    looksAt: 'whether `--requestheader-allowed-names` contains the CN of the front-proxy client certificate; the comparison is exact',
    why: 'Extension API servers accept the user headers only from a certificate with a CN in the list, or with any CN if the list is empty.',
    kubernetes:
      'Extension API servers answer 401 and log `x509: subject with cn=NAME is not in the allowed list`. Names from an earlier start stay in the ConfigMap, so there is no symptom until it is recreated.',
    repair: "Add the certificate's CN to the flag on every control-plane node, or issue a certificate with an allowed CN.",
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go (verifySubject), v0.37.2',
  },
  run({ flags, proxyClientCert, signerFaultByFlags, clientCaIdentity, authConfigMap, distribution }) {
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
        fix: editFlag(
          flag.at,
          padded === undefined
            ? `Add ${leaf.commonName} to --requestheader-allowed-names`
            : `Write ${leaf.commonName} without quotes or spaces in --requestheader-allowed-names`,
          distribution,
        ),
        ...hidden(masked),
      },
    ];
  },
});
