import { defineCheck } from '../../check.ts';
import { writeCsv } from '../../csv.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { isSharedByFlags, mayBeAllowed } from '../../distributions/front-proxy-name.ts';
import { sh } from '../../sh.ts';
import { meantLeaf } from '../front-proxy/intended-leaf.ts';

export default defineCheck({
  id: 'configmap-names-exclude-cn',
  title: "the ConfigMap allows the common name of this node's front-proxy client certificate",
  severity: 'error',
  modes: ['M05'],
  scope: 'apiserver',
  needs: ['proxyClientCert', 'authConfigMap', 'signerFaultByConfigMap', 'clientCaIdentity'],
  wants: ['flags', 'distribution', 'frontProxyRemedy'],
  causes: { signatures: ['rejected', 'bad-request'], symptoms: ['user-identity-wrong'] },
  explain: {
    looksAt:
      "the CN of the node's front-proxy client certificate in requestheader-allowed-names of ConfigMap kube-system/extension-apiserver-authentication",
    why: 'Extension API servers allow the names in the ConfigMap. Its lists are a union: as soon as one kube-apiserver sets a name, an empty list on another no longer means any name.',
    kubernetes: 'Extension API servers answer 401 and log `x509: subject with cn=NAME is not in the allowed list`.',
    repair: 'Add the CN to `--requestheader-allowed-names` of every kube-apiserver.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go (verifySubject), v0.37.2',
  },
  run({ proxyClientCert, authConfigMap, signerFaultByConfigMap, clientCaIdentity, flags, distribution, frontProxyRemedy }) {
    const leaf = proxyClientCert ? meantLeaf(proxyClientCert.certificates) : undefined;
    if (!leaf || !authConfigMap?.allowedNames) return null;
    const names = authConfigMap.allowedNames;
    // Another identity's pair also has another name: that is one fault, and has its own check.
    if (signerFaultByConfigMap && clientCaIdentity) return [];
    const set = flags?.byName['requestheader-allowed-names']?.list.includes(leaf.commonName);
    const any = flags?.byName['requestheader-allowed-names']?.list.length === 0 || (flags && !flags.byName['requestheader-allowed-names']);
    const doing = clientCaIdentity
      ? `Every user acts as \`${clientCaIdentity.user}\` in the extension API servers`
      : "Extension API servers reject this node's kube-apiserver";
    if (names.length === 0 || names.includes(leaf.commonName)) return [];
    const comesBack = {
      text: 'Wait a few minutes: this kube-apiserver sets the name, and writes it to the ConfigMap again by itself. If it is missing again, find out who edits the ConfigMap:',
      commands: [sh`kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml --show-managed-fields`],
    };
    const mayAllow = mayBeAllowed(leaf.commonName, clientCaIdentity !== null || !flags || isSharedByFlags(flags));
    const allow =
      any && flags
        ? editFlag(flags.at, `Set --requestheader-allowed-names=${writeCsv([leaf.commonName])}`, distribution)
        : {
            text: `Add \`${leaf.commonName}\` to \`--requestheader-allowed-names\` of every kube-apiserver; each adds its names to the ConfigMap.`,
          };
    return [
      {
        message: `${doing}: the common name \`${leaf.commonName}\` is not in \`requestheader-allowed-names\` of ConfigMap \`kube-system/extension-apiserver-authentication\`.`,
        at: { object: 'ConfigMap kube-system/extension-apiserver-authentication', field: 'data[requestheader-allowed-names]' },
        evidence: [
          ...(clientCaIdentity
            ? []
            : [`extension API servers log \`x509: subject with cn=${leaf.commonName} is not in the allowed list\``]),
          `the ConfigMap allows ${JSON.stringify(names)}`,
          ...(any ? ['this kube-apiserver allows any name, but the names that another one or an earlier start set still apply'] : []),
        ],
        fix: set ? comesBack : mayAllow ? allow : fixFrontProxy(frontProxyRemedy, distribution, 'another'),
      },
    ];
  },
});
