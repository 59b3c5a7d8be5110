import { defineCheck } from '../../check.ts';
import { orAsk } from '../../distributions/provider.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'configmap-requestheader-missing',
  title: 'the ConfigMap publishes the requestheader CA and the username header',
  severity: 'error',
  modes: ['M02'],
  scope: 'cluster',
  needs: ['authConfigMap'],
  wants: ['provider'],
  causes: { signatures: ['rejected', 'anonymous', 'configmap-lacks', 'no-request-header'], symptoms: ['user-groups-missing'] },
  aspects: ['headers', 'ca'],
  explain: {
    looksAt:
      'the keys requestheader-client-ca-file and requestheader-username-headers of ConfigMap kube-system/extension-apiserver-authentication',
    why: 'Without a CA and a username header, extension API servers cannot accept kube-apiserver as the front proxy.',
    kubernetes:
      'Extension API servers that start without them answer 401, and log `missing content for CA bundle "client-ca::kube-system::extension-apiserver-authentication::requestheader-client-ca-file"`.',
    repair: 'Set the requestheader flags of kube-apiserver; it then writes the ConfigMap itself.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go (getConfigMapDataFor), v1.37.2',
  },
  run({ authConfigMap, provider }) {
    if (authConfigMap === null) return null;
    const missing = [
      ...(authConfigMap.requestheaderCa?.length ? [] : ['requestheader-client-ca-file']),
      ...(authConfigMap.usernameHeaders?.length ? [] : ['requestheader-username-headers']),
    ].filter((key) => !authConfigMap.malformed.some((one) => one.key === key));
    if (missing.length === 0) return [];
    const headersAlone = !missing.includes('requestheader-client-ca-file');
    return [
      {
        message: `Extension API servers cannot accept kube-apiserver as the front proxy: ${missing.map((key) => `\`${key}\``).join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing or empty in ConfigMap \`kube-system/extension-apiserver-authentication\`.`,
        at: { object: 'ConfigMap kube-system/extension-apiserver-authentication', field: `data[${missing[0]}]` },
        fix: orAsk(
          provider,
          {
            text: 'Set `--requestheader-client-ca-file` and `--requestheader-username-headers=X-Remote-User`; kube-apiserver then writes the ConfigMap itself. To see its current flags, on a control-plane node:',
            commands: [sh`sudo aggctl flags`],
          },
          { to: 'have kube-apiserver publish the front proxy in that ConfigMap' },
        ),
        // Without a CA, kube-apiserver writes none of the keys.
        aspect: headersAlone ? 'headers' : 'ca',
      },
    ];
  },
});
