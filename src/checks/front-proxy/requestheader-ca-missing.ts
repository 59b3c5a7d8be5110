import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';
import { frontProxyFiles } from '../../distributions/places.ts';
import { everyUser } from '../../model.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';

export default defineCheck({
  id: 'requestheader-ca-missing',
  title: 'kube-apiserver publishes the CA of the front proxy',
  severity: 'error',
  modes: ['F07'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution', 'authConfigMap'],
  causes: {
    signatures: ['rejected', 'configmap-lacks', 'no-request-header'],
    symptoms: ['configmap-ca-not-signer', 'configmap-requestheader-missing/ca'],
  },
  explain: {
    looksAt: 'the flag `--requestheader-client-ca-file`',
    why: 'Extension servers learn from the ConfigMap extension-apiserver-authentication which CA to trust, and kube-apiserver writes there what this flag names.',
    kubernetes:
      'kube-apiserver starts without a warning. What an earlier kube-apiserver wrote into the ConfigMap stays, so that nothing shows until the ConfigMap is written anew; then extension servers answer 401.',
    repair: 'Set the flag to the CA that signed the front-proxy client certificate.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go, v1.37.2',
  },
  run({ flags, authConfigMap, distribution }) {
    const pair = flags.byName['proxy-client-cert-file']?.value || flags.byName['proxy-client-key-file']?.value;
    if (flags.byName['requestheader-client-ca-file']?.value) return [];
    const masked = Boolean(authConfigMap?.requestheaderCa?.length);
    return [
      {
        message: masked
          ? 'Aggregated APIs work only as long as ConfigMap `extension-apiserver-authentication` keeps a CA that this kube-apiserver does not name: `--requestheader-client-ca-file` is not set.'
          : `Aggregated APIs fail for ${everyUser}: no CA is published for the front proxy, as \`--requestheader-client-ca-file\` is not set.`,
        at: flags.at,
        evidence: [
          masked
            ? 'the ConfigMap holds a requestheader CA, of an earlier start or of another kube-apiserver'
            : 'extension servers have no CA to trust and answer 401',
          ...unread(authConfigMap),
          ...(pair ? [`the certificate that it should cover: ${pair}`] : []),
        ],
        fix: editManifest(flags.at, `Set --requestheader-client-ca-file=${frontProxyFiles(distribution).ca}`, distribution),
        ...hidden(masked),
      },
    ];
  },
});
