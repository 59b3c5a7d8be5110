import type { Row } from '../../../test/checks/row.ts';
import { because, both, leaf } from '../../../test/checks/serving.ts';

const weak = because('x509: cannot verify signature: insecure algorithm ECDSA-SHA1');

export const rows: readonly Row[] = both(weak, [leaf({ hash: 'sha1' })], { fix: 'signed with SHA-256' });
