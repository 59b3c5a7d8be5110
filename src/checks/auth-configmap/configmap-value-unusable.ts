import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

const object = 'ConfigMap kube-system/extension-apiserver-authentication';
/** Where no flags can be seen: what kube-apiserver sends. It adds the names of its flag to an empty list by itself. */
const standard: Readonly<Record<string, readonly string[]>> = {
  'requestheader-allowed-names': [],
  'requestheader-username-headers': ['X-Remote-User'],
  'requestheader-group-headers': ['X-Remote-Group'],
  'requestheader-extra-headers-prefix': ['X-Remote-Extra-'],
};

export default defineCheck({
  id: 'configmap-value-unusable',
  title: 'each value of ConfigMap extension-apiserver-authentication can be read',
  severity: 'error',
  modes: ['M07'],
  scope: 'cluster',
  needs: ['authConfigMap'],
  wants: ['flags'],
  causes: { signatures: ['rejected', 'configmap-unusable'], symptoms: ['user-groups-missing'] },
  explain: {
    looksAt: 'whether the CAs in ConfigMap kube-system/extension-apiserver-authentication are PEM, and its lists JSON',
    why: 'kube-apiserver cannot merge its own values into such a ConfigMap: it never repairs it, and publishes no new CA either.',
    kubernetes:
      'Extension servers that run keep what they have read before. One that starts exits (broken JSON: `unable to load configmap based request-header-client-ca-file: invalid character …`) or answers 401 (a CA that is not PEM). kube-apiserver logs `… failed with : invalid character …` without end.',
    repair:
      'Write the list as JSON again, or take the broken CA out; kube-apiserver then writes its own CA within a minute. Leave the other keys.',
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
      if (!(key in standard)) return `--type=json -p '${JSON.stringify([{ op: 'remove', path: `/data/${key}` }])}'`;
      const known = [...new Set(values(key))];
      return `--type=merge -p '${JSON.stringify({ data: { [key]: JSON.stringify(known.length > 0 ? known : standard[key]) } })}'`;
    });
    return [
      {
        message: `Extension servers that start now ${json ? 'exit' : 'trust no CA of that kind'}, and kube-apiserver cannot repair it: ${list(malformed.map(({ key }) => `\`${key}\``))} of ConfigMap \`kube-system/extension-apiserver-authentication\` cannot be read.`,
        at: { object, field: `data[${first.key}]` },
        evidence: [
          ...malformed.map(({ key, reason }) => `${key}: ${reason}`),
          'extension servers that run keep what they have read before, up to their next restart',
          ...(writer ? [`last written by ${writer.manager}`] : []),
        ],
        fix: {
          text: 'Put just this right; kube-apiserver adds within a minute what is its own:',
          commands: patches.map((patch) => `kubectl -n kube-system patch configmap extension-apiserver-authentication ${patch}`),
        },
      },
    ];
  },
});
