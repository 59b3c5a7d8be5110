import { behind, refused } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['it has the port', { ...refused, backend: behind() }, 'passed'],
  ['an ExternalName has no ports', { ...refused, backend: behind({ type: 'ExternalName', ports: [] }) }, 'passed'],
  [
    'it has another',
    { ...refused, backend: behind({ ports: [{ name: 'https', port: 8443, targetPort: 8443 }] }) },
    [{ says: 'has no port `443`', evidence: '8443 (https)', command: '"port":8443', fix: "Set the Service's port:" }],
  ],
  [
    'it has two others',
    { ...refused, backend: behind({ ports: [8443, 9443].map((one) => ({ name: '', port: one, targetPort: one })) }) },
    [{ evidence: '8443 and 9443', fix: 'for example' }],
  ],
  [
    'it has the port beside another',
    { ...refused, backend: behind({ ports: [443, 80].map((one) => ({ name: '', port: one, targetPort: one })) }) },
    'passed',
  ],
  ['nobody could see the Service', { ...refused, backend: null }, 'passed'],
];
