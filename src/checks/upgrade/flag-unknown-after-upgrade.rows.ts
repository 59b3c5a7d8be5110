import type { Row } from '../../../test/checks/row.ts';
import { upgrade } from '../../../test/checks/upgrade.ts';
import { flags } from '../../../test/support/facts.ts';
import { upgradeFrom } from '../../facts/cluster/upgrade.ts';

const to133 = { upgrade: upgradeFrom(32, 33) };

export const rows: readonly Row[] = [
  ['no flag that is removed', to133, 'passed'],
  ['there is nothing to upgrade to', { upgrade: null }, 'inapplicable'],
  ['a flag that was removed before the current version', { ...flags({ 'cloud-provider': 'external' }), upgrade }, 'passed'],
  [
    'one that is removed on the way',
    { ...flags({ 'cloud-provider': 'external' }), upgrade: upgradeFrom(32, 35) },
    [{ says: '1.33 does not know `--cloud-provider`', since: 33, latent: true, command: 'Remove --cloud-provider' }],
  ],
  ["the vendor's own build and flags", { ...flags({ 'cloud-provider': 'external' }), ...to133, distribution: 'k3s' }, 'inapplicable'],
];
