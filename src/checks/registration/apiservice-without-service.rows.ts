import { core, listed, own } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unknown } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['all are served', { apiServices: [core, own(100), listed({ served: true })] }, 'passed'],
  ['nobody can tell', { apiServices: [listed({ served: null })] }, 'passed'],
  ['one is not', { apiServices: [listed({ served: false })] }, [{ says: '`other.example.com/v1` returns 404' }]],
  ['nobody may list them', { apiServices: unknown }, 'skipped'],
];
