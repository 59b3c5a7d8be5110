import type { Row } from '../../../test/checks/row.ts';
import { endpoint, silent } from '../../../test/checks/several.ts';
import { unknown } from '../../../test/support/facts.ts';

const denied = { version: { ok: false, why: 'denied', message: 'User "jane" cannot get path "/version".' } } as const;

export const rows: readonly Row[] = [
  ['there is one', {}, 'inapplicable'],
  ['all answer', { endpoints: [endpoint(1), endpoint(2)] }, 'passed'],
  ['a refusal is an answer', { endpoints: [endpoint(1), endpoint(2, denied)] }, 'passed'],
  [
    'one does not',
    { endpoints: [endpoint(1), endpoint(2), endpoint(3, silent)] },
    [
      {
        says: 'the one on cp-3 is listed at `192.0.2.12:6443` but does not answer there',
        at: { object: 'Service default/kubernetes', field: 'endpoints[192.0.2.12:6443]' },
        evidence: 'cp-1 and cp-2 can be reached from here',
        command: 'crictl logs',
      },
    ],
  ],
  [
    'one whose node is not known',
    { endpoints: [endpoint(1), endpoint(2, { ...silent, node: null })] },
    [{ says: 'the one at `192.0.2.11:6443` is listed' }],
  ],
  [
    'a provider runs it',
    { distribution: 'EKS', provider: 'EKS', endpoints: [endpoint(1), endpoint(2, silent)] },
    [{ fix: 'open a support case with EKS', command: 'kubectl get endpointslices' }],
  ],
  ['RKE2', { distribution: 'RKE2', endpoints: [endpoint(1), endpoint(2, silent)] }, [{ command: 'journalctl' }]],
  ['none can be reached from here', { endpoints: unknown }, 'skipped'],
];
