import { apiService } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['a group of its own', {}, 'passed'],
  ['a name like those of Kubernetes', { apiService: { ...apiService, group: 'metrics.k8s.io' } }, 'passed'],
  ['apps', { apiService: { ...apiService, group: 'apps', version: 'v1' } }, [{ says: 'Every request for the built-in `apps/v1`' }]],
  ['the core group', { apiService: { ...apiService, group: '', version: 'v1' } }, [{ says: 'Every request for the built-in `v1`' }]],
];
