/** How an upgrade changes the effect of an existing fault. */
import type { Problem, Upgrade, VersionChange } from '../../model.ts';

/** The change, if it happens up to the target version, as the effect of a problem. */
export function later(upgrade: Upgrade | null | undefined, change: VersionChange): Pick<Problem, 'since' | 'effects'> {
  const rule = upgrade?.rules.find(({ kind }) => kind === change);
  return rule ? { since: rule.minor, effects: [`from Kubernetes 1.${rule.minor} on, ${rule.change}`] } : {};
}
