/** Results for programs. Within a schemaVersion ids and fields are only added; prose may change. */
import type { ClusterReports, Explanation, Manifests, Meaning, Report, SampleRun, ShownAnswer, Table } from '../model.ts';
import { leftRaw } from './sanitize.ts';

/** What a command ends with. */
export type Result = Report | ClusterReports | Table | Explanation | Meaning | ShownAnswer | SampleRun | Manifests;

/** The part of a result for programs: the items of a table without its cells, and manifests as a list that kubectl accepts. */
export function dataOf(result: Result): object {
  if ('objects' in result) return { apiVersion: 'v1', kind: 'List', items: result.objects };
  if ('apiservers' in result) {
    const { drawings: _, ...report } = result;
    return report;
  }
  if (!('items' in result)) return result;
  const { schemaVersion, kind, about, incomplete, items } = result;
  return { schemaVersion, kind, ...about, ...(incomplete && { incomplete }), items };
}

/** The same JSON, with control and invisible characters as `\u` escapes. */
const escaped = (json: string): string =>
  json.replace(leftRaw, (one) => one.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));

/** One document, indented by two. */
export const renderJson = (result: Result): string => `${escaped(JSON.stringify(dataOf(result), null, 2))}\n`;

/** One document on one line: an event, or at the end the result. */
export const renderJsonLine = (document: object): string => `${escaped(JSON.stringify(document))}\n`;
