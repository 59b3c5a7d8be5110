import { type apiService, backend, gone, group, name, version } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import type { CustomResource } from '../../model.ts';

const gizmos: CustomResource = { name: `gizmos.${group}`, servedVersions: [version, 'v1beta1'] };

/** Without its Service, by a release in this namespace. */
const released = (namespace: string) => ({
  ...gone,
  ...backend('absent'),
  apiService: {
    ...(gone.apiService as typeof apiService),
    annotations: { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': namespace },
  },
  customResources: [gizmos],
});

export const rows: readonly Row[] = [
  ['nobody had reason to look', {}, 'passed'],
  ['there are none', { customResources: [] }, 'passed'],
  ['another version of the group', { customResources: [{ ...gizmos, servedVersions: ['v1beta1'] }] }, 'passed'],
  [
    'the same version, and the namespace of the Service does not exist: it may be a typo',
    { ...gone, ...backend('absent'), customResources: [gizmos] },
    [{ fix: 'Decide what serves the version', command: `kubectl get apiservice ${name}` }],
  ],
  ['the same version', { customResources: [gizmos] }, [{ says: `Custom resources of gizmos.${group}`, evidence: 'serves' }]],
  ['its release went with its namespace', released('wardle'), [{ command: `kubectl delete apiservice ${name}` }]],
  ['its release is elsewhere, and would make it again', released('monitoring'), [{ fix: 'Decide what serves the version' }]],
  [
    'the Service is gone, and its namespace is not',
    { ...gone, ...backend('active'), customResources: [gizmos] },
    [{ fix: 'Decide what serves the version' }],
  ],
];
