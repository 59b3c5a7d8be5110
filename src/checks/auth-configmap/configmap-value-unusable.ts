import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';

const object = 'ConfigMap kube-system/extension-apiserver-authentication';
/** The headers that kube-apiserver sends, for when no flags are visible. It adds the names from its flag to an empty list itself. */
const standard: Readonly<Record<string, readonly string[]>> = {
  'requestheader-allowed-names': [],
  'requestheader-username-headers': ['X-Remote-User'],
  'requestheader-group-headers': ['X-Remote-Group'],
  'requestheader-extra-headers-prefix': ['X-Remote-Extra-'],
};

export default defineCheck({
  id: 'configmap-value-unusable',
  title: 'every value in ConfigMap extension-apiserver-authentication can be parsed',
  severity: 'error',
  modes: ['M07'],
  scope: 'cluster',
  needs: ['authConfigMap'],
  wants: ['flags'],
  causes: { signatures: ['rejected', 'configmap-unusable'], symptoms: ['user-groups-missing'] },
  explain: {
    looksAt: 'whether the CAs in ConfigMap kube-system/extension-apiserver-authentication are PEM, and its lists JSON',
    why: 'kube-apiserver cannot merge its own values into such a ConfigMap: it does not fix it, and publishes no new CA.',
    kubernetes:
      'Running extension API servers keep what they read before. One that starts exits (broken JSON: `unable to load configmap based request-header-client-ca-file: invalid character …`) or answers 401 (a CA that is not PEM). kube-apiserver logs `… failed with : invalid character …` repeatedly.',
    repair:
      'Write the list as JSON again, or remove the broken CA; kube-apiserver then writes its own CA within a minute. Leave the other keys.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go, v1.37.2; k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader_controller.go, v0.37.2',
  },
  run({ authConfigMap, flags }) {
    if (authConfigMap === null) return null;
    const [first] = authConfigMap.malformed;
    if (!first) return [];
    const { malformed, writers } = authConfigMap;
    const json = malformed.some(({ key }) => key in standard);
    const writer = writers[first.key];
    const values = (key: string) => (flags ?? []).flatMap(({ observed }) => (observed.ok ? (observed.value.byName[key]?.list ?? []) : []));
    const patches = malformed.map(({ key }) => {
      if (!(key in standard)) return sh`--type=json -p ${JSON.stringify([{ op: 'remove', path: `/data/${key}` }])}`;
      const known = [...new Set(values(key))];
      return sh`--type=merge -p ${JSON.stringify({ data: { [key]: JSON.stringify(known.length > 0 ? known : standard[key]) } })}`;
    });
    return [
      {
        message: `Extension API servers that start now ${json ? 'exit' : 'trust no CA of that kind'}, and kube-apiserver cannot fix it: ${list(malformed.map(({ key }) => `\`${key}\``))} of ConfigMap \`kube-system/extension-apiserver-authentication\` cannot be parsed.`,
        at: { object, field: `data[${first.key}]` },
        evidence: [
          ...malformed.map(({ key, reason }) => `${key}: ${reason}`),
          'running extension API servers keep what they read before, until their next restart',
          ...(writer ? [`last written by ${writer.manager}`] : []),
        ],
        fix: {
          text: 'Correct only these keys; kube-apiserver adds its own values within a minute:',
          commands: patches.map((command) => sh`kubectl -n kube-system patch configmap extension-apiserver-authentication ${{ command }}`),
        },
      },
    ];
  },
});
