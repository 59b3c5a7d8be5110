/** `aggctl checks`, and what is told of one: what aggctl can find. */
import { checks as all } from '../checks/index.ts';
import { ownChecks } from '../lint/index.ts';
import type { Explanation, Table } from '../model.ts';
import { explanationsAmong } from '../run/causes.ts';
import { suppressionRules } from '../run/suppression-remarks.ts';
import { severityCell } from './severity-cell.ts';
import { similar } from './similar.ts';

/** Every check, in order. */
export function checks(): Table {
  const items = all.map(({ id, severity, scope, title }) => ({ id, severity, scope, title }));
  return {
    schemaVersion: 1,
    kind: 'Checks',
    columns: ['CHECK', 'SEVERITY', 'SCOPE', { name: 'HEALTHY WHEN', only: 'room' }],
    rows: items.map(({ id, severity, scope, title }) => [id, severityCell(severity), scope, title]),
    items,
  };
}

/** Says that there is no check of this name, and which are like it. */
export function unknownCheck(name: string): (self: string) => string {
  const near = similar(
    name,
    all.map(({ id }) => id),
  );
  return (self) => `check '${name}' not found${near.length > 0 ? ` (did you mean ${near.join(', ')}?)` : ''}; see: ${self} checks`;
}

/** All that a report may find: problems of a cluster, of manifests, and of a file of suppressions. */
export const findable = [...all, ...ownChecks, ...suppressionRules.map((rule) => ({ ...rule, needs: [], wants: [], after: [] }))];

/** Everything about one check: by its id, or by the beginning of it that no other has. null: there is none of this name. */
export function explainCheck(name: string): Explanation | null {
  const beginning = findable.filter(({ id }) => id.startsWith(name));
  const check = findable.find(({ id }) => id === name) ?? (beginning.length === 1 ? beginning[0] : undefined);
  if (!check) return null;
  const { id } = check;
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
    explainedBy: 'run' in check ? explanations(check) : [],
    explains: all.filter((one) => explanations(one).includes(id)).map((one) => one.id),
    ...check.explain,
  };
}
