/** What an upgrade does to a fault that is there already. */
import type { Problem, Upgrade } from '../../model.ts';

/** The rule of the versions on the way that names this check, as the effect of a problem. */
export function later(upgrade: Upgrade | null | undefined, id: string): Pick<Problem, 'since' | 'effects'> {
  const rule = upgrade?.rules.find(({ checks }) => checks.includes(id));
  return rule ? { since: rule.minor, effects: [`from Kubernetes 1.${rule.minor} on, ${rule.change}`] } : {};
}
