/** One repair, said once: the same finding on several APIServices is one finding, which names them all. Pure. */
import type { Gathered } from '../check.ts';
import type { Finding } from '../model.ts';

/**
 * Joins findings of one check on APIServices whose repair is told in the same words: those of one Service, each with commands of its own,
 * and those whose commands are the same, too. At the head stands what the user named (`userOptions.targets`), else the first.
 */
export function merge(findings: readonly Finding[], { apiservice, cluster: { userOptions } }: Gathered): readonly Finding[] {
  const serviceOf = new Map(
    (apiservice.ok ? apiservice.value : []).map(({ subject: { name }, facts: { apiService } }) => [
      name,
      apiService?.ok ? `${apiService.value.service.namespace}/${apiService.value.service.name}` : name,
    ]),
  );
  const targets = userOptions.ok && Array.isArray(userOptions.value.targets) ? userOptions.value.targets : [];
  const groups: [Finding, ...Finding[]][] = [];
  const byRepair = new Map<string, number>();
  for (const one of findings) {
    const repairs = one.subject.scope === 'apiservice' ? repairsOf(one, serviceOf) : [];
    const known = repairs.flatMap((repair) => byRepair.get(repair) ?? []).sort((a, b) => a - b);
    const group = known.map((index) => groups[index]).find((group) => group && group[0].subject.name !== one.subject.name);
    if (group) group.push(one);
    else groups.push([one]);
    for (const repair of group ? [] : repairs) if (!byRepair.has(repair)) byRepair.set(repair, groups.length - 1);
  }
  return groups.map((group) => joined(group.find(({ subject }) => targets.includes(subject.name)) ?? group[0], group));
}

/** Findings that have one of them in common are repaired at once. */
function repairsOf({ id, severity, subject, fix, suppression }: Finding, serviceOf: ReadonlyMap<string, string>): readonly string[] {
  return [serviceOf.get(subject.name), fix.commands].map((same) => JSON.stringify([id, severity, fix.text, suppression, same]));
}

function joined(one: Finding, group: readonly Finding[]): Finding {
  if (group.length === 1) return one;
  const all = [one, ...group.filter((other) => other !== one)];
  const distinct = <T>(texts: readonly T[]) => [...new Set(texts)];
  return {
    ...one,
    others: all.slice(1).map(({ subject }) => subject),
    fix: { text: one.fix.text, commands: distinct(all.flatMap(({ fix }) => fix.commands)) },
    effects: distinct(all.flatMap(({ effects }) => effects)),
    symptoms: all.flatMap(({ symptoms }) => symptoms),
    mayBeExplainedBy: distinct(all.flatMap(({ mayBeExplainedBy }) => mayBeExplainedBy)),
  };
}
