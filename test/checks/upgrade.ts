import { upgradeFrom } from '../../src/facts/cluster/upgrade.ts';

export const upgrade = upgradeFrom(37, 37);
