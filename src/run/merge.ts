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
  for (const one of findings) {
    const group = groups.find(([first]) => oneRepair(first, one, serviceOf));
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups.map((group) => joined(group.find(({ subject }) => targets.includes(subject.name)) ?? group[0], group));
}

function oneRepair(a: Finding, b: Finding, serviceOf: ReadonlyMap<string, string>): boolean {
  const alike = a.id === b.id && a.severity === b.severity && a.fix.text === b.fix.text;
  if (!alike || a.subject.scope !== 'apiservice' || a.subject.name === b.subject.name) return false;
  return serviceOf.get(a.subject.name) === serviceOf.get(b.subject.name) || a.fix.commands.join('\n') === b.fix.commands.join('\n');
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
