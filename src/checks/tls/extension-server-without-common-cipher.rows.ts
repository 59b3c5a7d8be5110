import type { Row } from '../../../test/checks/row.ts';
import { byText } from '../../../test/checks/way.ts';

export const rows: readonly Row[] = byText('remote error: tls: handshake failure', { command: 'tls-cipher-suites' });
