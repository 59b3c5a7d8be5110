import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'egress-selector-unusable',
  title: 'kube-apiserver can read its egress selector',
  severity: 'error',
  modes: ['F23'],
  scope: 'apiserver',
  needs: ['egressSelector', 'flags'],
  wants: ['distribution'],
  after: ['file-path-wrong'],
  causes: { signatures: ['exits-by-egress-selector'] },
  explain: {
    looksAt:
      'the file of `--egress-selector-config-file`: that it is there, through the mounts, and that its selections are `cluster`, `controlplane` or `etcd`',
    why: 'kube-apiserver exits when it starts with a file that it cannot read.',
    kubernetes:
      'kube-apiserver exits: `failed to read egress selector config: …`, or `failed to validate egress selector configuration: …`.',
    repair: 'Put the file back, or correct it.',
    mirrors: 'k8s.io/apiserver, pkg/server/egressselector/config.go, v0.37.2',
  },
  run({ egressSelector, flags, distribution }) {
    if (!egressSelector) return null;
    if (egressSelector.fault === null) return [];
    const { at, path, fault } = egressSelector;
    const gone = fault.includes('no such file');
    return [
      {
        message: `kube-apiserver cannot start: it cannot ${gone ? 'find' : 'use'} \`${path}\`, the file of \`--egress-selector-config-file\`.`,
        at,
        evidence: [`kube-apiserver says \`${fault}\`, and exits; one that still runs exits at its next restart`],
        fix: gone
          ? editManifest(flags.at, `Mount the file at ${path}, or take --egress-selector-config-file away`, distribution)
          : {
              text: `Correct ${path}: kind EgressSelectorConfiguration, with selections named cluster, controlplane or etcd, each with its transport.`,
            },
      },
    ];
  },
});
