import type { Row } from '../../../test/checks/row.ts';
import { both, leaf, ownedBy, presents, says, trusted } from '../../../test/checks/serving.ts';
import { certificates, days, healthy } from '../../../test/support/facts.ts';

const { managers } = healthy.apiService;
const wrote = (name: string) => ({ managers: { ...managers, caBundle: [{ name, at: days(-1) }] } });
const expired = 'x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is after 2026-11-20T00:00:00Z';

export const rows: readonly Row[] = [
  ...both(expired, [leaf({ notAfter: days(-3) })], { fix: 'that is valid now' }),
  [
    'of the Secret alone',
    presents([leaf({ notAfter: days(-3) })], '', {}, { from: 'Secret' }),
    [{ says: 'as soon as the server presents the certificate in its Secret', latent: true }],
  ],
  [
    'its Secret holds the next one',
    presents([leaf({ notAfter: days(-3) })], expired, {}, { stored: leaf() }),
    [
      {
        evidence: 'Secret wardle/serving contains a certificate that kube-apiserver would accept',
        fix: 'Restart the extension API server',
      },
    ],
  ],
  [
    'its Secret holds one that is no better',
    presents([leaf({ notAfter: days(-3) })], expired, {}, { stored: leaf({ dns: ['localhost'] }) }),
    [{ fix: 'that is valid now' }],
  ],
  [
    'the CA in caBundle expired, and the leaf did not',
    says(
      `x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is after ${certificates([trusted])[0]?.notAfter.toISOString()}`,
    ),
    'passed',
  ],
  [
    'cert-manager issues it',
    says(expired, { annotations: { 'cert-manager.io/inject-ca-from': 'wardle/api' } }),
    [{ fix: 'cert-manager (`wardle/certificate/api`) manages it', command: 'kubectl -n wardle describe certificate api' }],
  ],
  [
    'a controller of nobody that is known writes the caBundle alone',
    says(expired, wrote('rotator')),
    [{ fix: '`rotator`, which wrote `spec.caBundle` last, manages it', command: 'kubectl -n wardle get deployments' }],
  ],
  [
    "KEDA's operator rotates it",
    says(expired, { ...wrote('keda'), group: 'external.metrics.k8s.io' }),
    [{ fix: 'KEDA manages it: keda-operator issues the certificate', command: 'rollout restart deployment --selector=app=keda-operator' }],
  ],
  ['a person wrote the caBundle', says(expired, wrote('kubectl-patch')), [{ fix: 'To find that Secret:' }]],
  [
    'the Operator Lifecycle Manager issues it',
    { ...says(expired), ...ownedBy({ kind: 'OLM', name: 'adapter.v1', namespace: 'operators' }) },
    [{ fix: '`status.certsRotateAt`', command: 'get clusterserviceversion adapter.v1' }],
  ],
  [
    'a chart makes it',
    { ...says(expired), ...ownedBy({ kind: 'Helm release', name: 'ms', namespace: 'kube-system' }) },
    [{ fix: 'its values say who issues this certificate', command: 'helm -n kube-system get values ms --all' }],
  ],
];
