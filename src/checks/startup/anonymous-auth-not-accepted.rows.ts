import type { Row } from '../../../test/checks/row.ts';
import { type Change, flags } from '../../../test/support/facts.ts';

const authentication = (anonymous: boolean): Change => ({
  authenticationConfig: { at: { file: '/etc/kubernetes/authn.yaml' }, anonymous },
});

export const rows: readonly Row[] = [
  ['no file', {}, 'inapplicable'],
  ['the file alone', authentication(true), 'passed'],
  ['a file without the field', { ...flags({ 'anonymous-auth': 'false' }), ...authentication(false) }, 'passed'],
  [
    'both',
    { ...flags({ 'anonymous-auth': 'true' }), ...authentication(true) },
    [{ evidence: '/etc/kubernetes/authn.yaml', command: 'Remove --anonymous-auth' }],
  ],
];
