/** `aggctl checks` and `aggctl explain ID`: what aggctl can find. */
import { checks as all } from '../checks/index.ts';
import type { Explanation, Table } from '../model.ts';
import { explanationsAmong } from '../run/causes.ts';
import { UsageError } from '../usage-error.ts';

/** Every check, in order. */
export function checks(): Table {
  const items = all.map(({ id, severity, scope, title }) => ({ id, severity, scope, title }));
  return {
    schemaVersion: 1,
    kind: 'Checks',
    columns: ['CHECK', 'SEVERITY', 'SCOPE', 'HEALTHY WHEN'],
    rows: items.map(({ id, severity, scope, title }) => [id, severity, scope, title]),
    items,
  };
}

/** Everything about one check. Throws a UsageError that suggests similar ids if there is no such check. */
export function explain(id: string): Explanation {
  const check = all.find((one) => one.id === id);
  if (!check) {
    const words = id.split('-').filter((word) => word.length > 2);
    const near = all.filter((one) => words.some((word) => one.id.includes(word))).map((one) => one.id);
    throw new UsageError(
      `check '${id}' not found${near.length > 0 ? ` (did you mean ${near.slice(0, 3).join(', ')}?)` : ''}; see: aggctl checks`,
    );
  }
  const explanations = explanationsAmong(all);
  return {
    schemaVersion: 1,
    kind: 'Explanation',
    id,
    title: check.title,
    severity: check.severity,
    scope: check.scope,
    needs: check.needs,
    wants: check.wants ?? [],
    after: check.after ?? [],
    explainedBy: explanations(check),
    explains: all.filter((one) => explanations(one).includes(id)).map((one) => one.id),
    ...check.explain,
  };
}
