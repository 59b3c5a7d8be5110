/** What an upgrade does to a fault that is there already. */
import type { Problem, Upgrade, VersionChange } from '../../model.ts';

/** The change, where it is on the way, as the effect of a problem. */
export function later(upgrade: Upgrade | null | undefined, change: VersionChange): Pick<Problem, 'since' | 'effects'> {
  const rule = upgrade?.rules.find(({ kind }) => kind === change);
  return rule ? { since: rule.minor, effects: [`from Kubernetes 1.${rule.minor} on, ${rule.change}`] } : {};
}
