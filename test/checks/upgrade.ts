import { upgradeFrom } from '../../src/facts/version-rules.ts';

export const upgrade = upgradeFrom(37, 37);
