import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'egress-selector-unusable',
  title: 'kube-apiserver can read its egress selector configuration',
  severity: 'error',
  modes: ['F23'],
  scope: 'apiserver',
  needs: ['egressSelector', 'flags'],
  wants: ['distribution'],
  after: ['file-path-wrong'],
  causes: { signatures: ['exits-by-egress-selector'] },
  explain: {
    looksAt:
      'whether the file in `--egress-selector-config-file` exists in the container, and whether its selections are `cluster`, `controlplane` or `etcd`',
    why: 'kube-apiserver exits at its start if it cannot read the file.',
    kubernetes:
      'kube-apiserver exits: `failed to read egress selector config: …`, or `failed to validate egress selector configuration: …`.',
    repair: 'Restore the file, or correct it.',
    mirrors: 'k8s.io/apiserver, pkg/server/egressselector/config.go, v0.37.2',
  },
  run({ egressSelector, flags, distribution }) {
    if (!egressSelector) return null;
    if (egressSelector.fault === null) return [];
    const { at, path, fault } = egressSelector;
    const gone = fault.includes('no such file');
    return [
      {
        message: `kube-apiserver cannot start: it cannot ${gone ? 'find' : 'use'} \`${path}\`, the file in \`--egress-selector-config-file\`.`,
        at,
        evidence: [`kube-apiserver exits with \`${fault}\`; a running one exits at its next restart`],
        fix: gone
          ? editFlag(flags.at, `Mount the file at ${path}, or remove --egress-selector-config-file`, distribution)
          : {
              text: `Correct ${path}: its kind is EgressSelectorConfiguration, and each selection is named cluster, controlplane or etcd and has a transport.`,
            },
      },
    ];
  },
});
