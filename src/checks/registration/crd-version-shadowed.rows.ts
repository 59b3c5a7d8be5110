import { backend, gone, group, name, version } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import type { CustomResource } from '../../model.ts';

const gizmos: CustomResource = { name: `gizmos.${group}`, servedVersions: [version, 'v1beta1'] };

export const rows: readonly Row[] = [
  ['nobody had reason to look', {}, 'passed'],
  ['there are none', { customResources: [] }, 'passed'],
  ['another version of the group', { customResources: [{ ...gizmos, servedVersions: ['v1beta1'] }] }, 'passed'],
  [
    'the same version, and the Service is gone with its namespace',
    { ...gone, ...backend('absent'), customResources: [gizmos] },
    [{ command: `kubectl delete apiservice ${name}` }],
  ],
  ['the same version', { customResources: [gizmos] }, [{ says: `Custom resources of gizmos.${group}`, evidence: 'serves' }]],
];
