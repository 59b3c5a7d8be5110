/** How an upgrade changes the effect of an existing fault. */
import type { Problem, Upgrade } from '../../model.ts';

/** The first rule up to the target version that names this check, as the effect of a problem. */
export function later(upgrade: Upgrade | null | undefined, id: string): Pick<Problem, 'since' | 'effects'> {
  const rule = upgrade?.rules.find(({ checks }) => checks.includes(id));
  return rule ? { since: rule.minor, effects: [`from Kubernetes 1.${rule.minor} on, ${rule.change}`] } : {};
}
