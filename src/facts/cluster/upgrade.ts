import { fact } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { upgradeFrom } from '../version-rules.ts';
import { version } from './version.ts';

/** null: nothing is known to change. */
export const upgrade = fact({
  name: 'upgrade',
  needs: { version, userOptions },
  from: ({ version, userOptions }) => upgradeFrom(version.minor, userOptions.targetVersion),
});
