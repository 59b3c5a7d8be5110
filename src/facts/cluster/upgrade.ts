import { fact } from '../engine/declare.ts';
import { choices } from '../shared/inputs.ts';
import { upgradeFrom } from '../version-rules.ts';
import { version } from './version.ts';

/** null: nothing is known to change. */
export const upgrade = fact({
  name: 'upgrade',
  needs: { version, choices },
  from: ({ version, choices }) => upgradeFrom(version.minor, choices.targetVersion),
});
