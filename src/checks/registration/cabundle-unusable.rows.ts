import { apiService, bundle, injected } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';

const garbage = { certificates: [], fault: 'unable to load root certificates: unable to parse bytes as PEM block' };

export const rows: readonly Row[] = [
  ['it is PEM', {}, 'passed'],
  ['there is none', { apiService: { ...apiService, caBundle: null } }, 'passed'],
  [
    'the condition is frozen',
    { apiService: { ...apiService, caBundle: garbage } },
    [{ says: 'finds no certificate', at: bundle, evidence: 'Available is True but not meaningful', command: 'base64 -d' }],
  ],
  [
    'there never was a condition, and cert-manager is to fill it in',
    { apiService: { ...apiService, caBundle: garbage, available: null, annotations: injected } },
    [{ evidence: "cert-manager's cainjector should inject it" }],
  ],
];
