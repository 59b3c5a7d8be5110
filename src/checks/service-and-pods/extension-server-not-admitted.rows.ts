import { deployment, none, pod } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

const webhook = (server: string) =>
  `Internal error occurred: failed calling webhook "policy.example.com": failed to call webhook: Post "https://${server}.svc:443/validate?timeout=5s": dial tcp 10.96.0.9:443: connect: connection refused`;

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['they are', none([deployment]), 'passed'],
  [
    'a quota',
    none([
      {
        ...deployment,
        refused: 'pods "api-7c9f-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1',
      },
    ]),
    [{ says: 'a ResourceQuota', evidence: 'exceeded quota: small', command: 'describe resourcequota' }],
  ],
  [
    'PodSecurity',
    none([
      {
        ...deployment,
        refused: 'pods "api-7c9f-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      },
    ]),
    [{ says: 'PodSecurity', command: 'kubectl -n wardle edit deployment/api' }],
  ],
  [
    'a webhook decides so',
    none([{ ...deployment, refused: 'admission webhook "policy.example.com" denied the request: no limits' }]),
    [{ says: 'admission webhook `policy.example.com` denies them', command: 'grep -F policy.example.com' }],
  ],
  [
    'a webhook of somebody else does not answer',
    none([{ ...deployment, refused: webhook('policy.security') }]),
    [{ says: 'does not answer', fix: 'or fix its server' }],
  ],
  [
    'a webhook of the extension server itself does not',
    none([{ ...deployment, refused: webhook('api.wardle') }]),
    [{ says: 'its server is this extension API server', fix: 'operator: NotIn, values: [wardle]' }],
  ],
  [
    'something else',
    none([{ ...deployment, refused: 'something new' }]),
    [{ says: 'kube-apiserver rejects them', command: 'describe deployment/api' }],
  ],
  ['nobody may list pods', { ...none([{ ...deployment, refused: 'something new' }]), backendPods: null }, 'passed'],
  ['there are pods', { ...none([{ ...deployment, refused: 'something new' }]), backendPods: [pod] }, 'passed'],
];
