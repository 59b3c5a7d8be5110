import { words } from '../../../test/checks/command-line.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ["kubeadm's own flags", {}, 'passed'],
  ['a flag that --help hides', words(['--kubelet-port=10250']), 'passed'],
  ["a vendor's build may know more", words(['--nonsense=1'], 'rancher/hardened-kubernetes:v1.37.2-rke2r1'), 'passed'],
  ['a version that nobody has read', words(['--nonsense=1'], 'registry.k8s.io/kube-apiserver:v1.50.0'), 'passed'],
  [
    'a flag that is gone',
    words(['--insecure-port=0']),
    [{ says: 'version 1.37 has no flag `--insecure-port`', command: 'Remove --insecure-port' }],
  ],
  [
    'a name misspelt',
    words(['--requestheader-extra-headers-prefixes=X']),
    [{ evidence: 'not known in any version', command: 'Write --requestheader-extra-headers-prefix' }],
  ],
  [
    'a flag of a later version',
    words(['--tls-curve-preferences=X25519'], 'registry.k8s.io/kube-apiserver:v1.35.4'),
    [{ says: 'version 1.35 has no flag', evidence: 'known in 1.36, 1.37' }],
  ],
];
