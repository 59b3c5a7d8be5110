import { response, url } from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { byText } from '../../../test/checks/way.ts';
import { unavailable } from '../../../test/support/facts.ts';
import { linkerdTap } from '../../products/linkerd-tap.ts';

const says = 'remote error: tls: unknown certificate authority';
export const rows: readonly Row[] = [
  ...byText(says, { command: 'requestheader-client-ca-file' }),
  [
    'a product that reads the CA only when it starts',
    { ...unavailable('FailedDiscoveryCheck', `${response}Get "${url}": ${says}`), product: linkerdTap },
    [{ fix: 'only when it starts. Restart it:', command: 'component=tap' }],
  ],
];
