import { defineCheck } from '../../check.ts';
import { everyUser } from '../../model.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';
import { setMissing } from './set-missing.ts';

export default defineCheck({
  id: 'requestheader-ca-missing',
  title: 'kube-apiserver publishes a requestheader CA',
  severity: 'error',
  modes: ['F07'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution', 'frontProxyRemedy', 'authConfigMap'],
  // Its fix sets this flag, too.
  after: ['proxy-client-pair-missing'],
  causes: {
    signatures: ['rejected', 'configmap-lacks', 'no-request-header'],
    symptoms: ['configmap-ca-not-signer', 'configmap-requestheader-missing/ca'],
  },
  explain: {
    looksAt: 'whether `--requestheader-client-ca-file` is set',
    why: 'Extension API servers read the CA that they trust from ConfigMap extension-apiserver-authentication, to which kube-apiserver writes the CA in this flag.',
    kubernetes:
      'kube-apiserver starts without a warning. The CA from an earlier start stays in the ConfigMap, so there is no symptom until the ConfigMap is recreated. Then extension API servers answer 401.',
    repair: 'Set the flag to the CA that signed the front-proxy client certificate.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go, v1.37.2',
  },
  run({ flags, authConfigMap, distribution, frontProxyRemedy }) {
    const pair = flags.byName['proxy-client-cert-file']?.value || flags.byName['proxy-client-key-file']?.value;
    if (flags.byName['requestheader-client-ca-file']?.value) return [];
    const masked = Boolean(authConfigMap?.requestheaderCa?.length);
    return [
      {
        message: masked
          ? 'Aggregated APIs work only while ConfigMap `extension-apiserver-authentication` keeps a CA that this kube-apiserver does not publish: `--requestheader-client-ca-file` is not set.'
          : `Aggregated APIs fail for ${everyUser}: kube-apiserver publishes no requestheader CA, because \`--requestheader-client-ca-file\` is not set.`,
        at: flags.at,
        evidence: [
          masked
            ? 'the ConfigMap contains a requestheader CA, from an earlier start or another kube-apiserver'
            : 'extension API servers have no CA to trust and answer 401',
          ...unread(authConfigMap),
          ...(pair ? [`the front-proxy client certificate: ${pair}`] : []),
        ],
        fix: setMissing(flags, frontProxyRemedy, distribution),
        ...hidden(masked),
      },
    ];
  },
});
