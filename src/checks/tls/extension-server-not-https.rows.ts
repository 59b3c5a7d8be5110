import type { Row } from '../../../test/checks/row.ts';
import { byText } from '../../../test/checks/way.ts';

export const rows: readonly Row[] = byText('http: server gave HTTP response to HTTPS client', { command: 'spec.ports' });
