import type { Row } from '../../../test/checks/row.ts';
import { upgrade } from '../../../test/checks/upgrade.ts';
import { flags } from '../../../test/support/facts.ts';
import { upgradeFrom } from '../../facts/version-rules.ts';

const to133 = { upgrade: upgradeFrom(32, 33) };

export const rows: readonly Row[] = [
  ['no flag that goes', to133, 'passed'],
  ['there is nothing to upgrade to', { upgrade: null }, 'inapplicable'],
  ['a flag that is gone long since, on the way to another version', { ...flags({ 'cloud-provider': 'external' }), upgrade }, 'passed'],
  [
    'one that goes on the way',
    { ...flags({ 'cloud-provider': 'external' }), upgrade: upgradeFrom(32, 35) },
    [{ says: '1.33 does not know `--cloud-provider`', since: 33, latent: true, command: 'Take --cloud-provider away' }],
  ],
  ["the vendor's own build and flags", { ...flags({ 'cloud-provider': 'external' }), ...to133, distribution: 'k3s' }, 'inapplicable'],
];
