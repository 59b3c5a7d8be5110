import { apiService } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { days, healthy } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['nobody has deleted it', {}, 'passed'],
  ['it has just been deleted', { apiService: { ...apiService, deleting: healthy.now, finalizers: ['example.com/x'] } }, 'passed'],
  [
    'it waits for a finalizer',
    { apiService: { ...apiService, deleting: days(-2), finalizers: ['example.com/x'] } },
    [{ says: 'it waits for `example.com/x`', command: '--show-managed-fields' }],
  ],
  ['it is deleted, and waits for nothing', { apiService: { ...apiService, deleting: days(-2), finalizers: [] } }, 'passed'],
  [
    'for a minute',
    { apiService: { ...apiService, deleting: new Date(healthy.now.getTime() - 60_000), finalizers: ['example.com/x'] } },
    [{ says: 'it waits for `example.com/x`' }],
  ],
];
