import type { Row } from '../../../test/checks/row.ts';
import { at } from '../../../test/checks/startup.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['RBAC', {}, 'passed'],
  ['a file decides', flags({ 'authorization-mode': null, 'authorization-config': '/x' }), 'inapplicable'],
  ['AlwaysAllow', flags({ 'authorization-mode': 'AlwaysAllow' }), [{ says: 'is `AlwaysAllow`' }]],
  ['the default', flags({ 'authorization-mode': null }), [{ says: 'AlwaysAllow is the default', at }]],
];
