import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { list } from '../../format.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';

/** Groups whose members may do everything on a kubeadm cluster. */
const administrators = ['system:masters', 'kubeadm:cluster-admins'];

export default defineCheck({
  id: 'front-proxy-client-wrong-identity',
  title: 'the front-proxy certificate identifies the front proxy, not a user',
  severity: 'error',
  modes: ['F06', 'P14', 'H03'],
  scope: 'apiserver',
  needs: ['signerFaultByFlags', 'clientCaIdentity', 'proxyClientCert', 'requestheaderCa'],
  wants: ['signerFaultByConfigMap', 'authConfigMap', 'distribution', 'frontProxyRemedy'],
  causes: { symptoms: ['user-identity-wrong', 'configmap-ca-not-signer'] },
  explain: {
    looksAt:
      "whether the client CA (`--client-ca-file`) signed the front-proxy client certificate while the requestheader CA did not, verified as Go's crypto/x509 does",
    why: "An extension API server that does not accept the certificate as the front proxy's treats it as an ordinary client's. Every user then has the rights of that one identity: none, or all.",
    kubernetes:
      'kube-apiserver starts, the APIService stays `Available`, discovery answers 200. Requests get 403 `User "CN" cannot …`, an administrator\'s too; with O=system:masters every request succeeds, and there is no symptom.',
    repair:
      "Issue the pair from the requestheader CA, or set the flags to the right files. Grant no rights to the certificate's name: every user would have them.",
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go and pkg/authentication/request/union/union.go, v0.37.2',
  },
  run({
    signerFaultByFlags,
    clientCaIdentity,
    proxyClientCert,
    requestheaderCa,
    frontProxyRemedy,
    signerFaultByConfigMap,
    authConfigMap,
    distribution,
  }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf || !requestheaderCa || requestheaderCa.certificates.length === 0) return null;
    if (!signerFaultByFlags || !clientCaIdentity) return [];
    const { user, groups } = clientCaIdentity;
    const masked = signerFaultByConfigMap === null && Boolean(authConfigMap?.requestheaderCa?.length);
    const almighty = groups.filter((group) => administrators.includes(group));
    const consequence = almighty.length > 0 ? 'Every user is an administrator' : `Every user acts as \`${user}\``;
    const swapped = frontProxyRemedy?.set['client-ca-file'] !== undefined;
    const because = swapped
      ? '`--client-ca-file` and `--requestheader-client-ca-file` are swapped, so kube-apiserver also rejects the certificates of users'
      : `the CA in \`--client-ca-file\` signed the front-proxy client certificate, and the CA in \`${requestheaderCa.path}\` did not`;
    return [
      {
        message: masked
          ? `${consequence} in every extension API server as soon as ConfigMap \`extension-apiserver-authentication\` loses a CA that no flag names any more: ${because}.`
          : `${consequence} in every extension API server: ${because}.`,
        at: proxyClientCert.at,
        evidence: [
          `extension API servers see user ${user} in ${list(groups)}`,
          almighty.length > 0
            ? `there is no other symptom: the APIServices are Available, and every request that ${list(almighty)} may send succeeds`
            : `the APIServices stay Available; requests get 403 \`User "${user}" cannot …\`, unless that user has rights`,
          `certificate: ${leaf.subject}, serial ${leaf.serial.hex} (SN=${leaf.serial.decimal}), issued by ${leaf.issuer}`,
          `with the requestheader CA, Go rejects the chain: \`${signerFaultByFlags.text}\``,
          ...unread(authConfigMap),
        ],
        fix: fixFrontProxy(frontProxyRemedy, distribution),
        ...hidden(masked),
      },
    ];
  },
});
