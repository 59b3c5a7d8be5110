/** The table of clusters that precedes their reports. */
import { plural } from '../format.ts';
import type { ClusterReport, ClusterVerdict, Report } from '../model.ts';

const headings = ['CONTEXT', 'VERSION', 'VERDICT', 'FINDINGS', 'FIRST CAUSE'];

/** A row for each cluster. */
export function tableOf(clusters: readonly ClusterReport[]): { readonly columns: readonly string[]; readonly rows: readonly string[][] } {
  const rows = clusters.map(({ context, verdict, why, sameAs, report }) => [
    context,
    report?.cluster?.version ?? '',
    sameAs === undefined ? inWords(verdict) : `${inWords(verdict)}, as ${sameAs}`,
    report === null ? '' : countsOf(report),
    sameAs === undefined ? (report?.findings[0]?.id ?? why ?? '') : '',
  ]);
  return { columns: headings, rows };
}

/** The verdict as people read it. */
export const inWords = (verdict: ClusterVerdict): string => verdict.replace('-', ' ');

const countsOf = ({ summary: { error, warning, info, suppressed = 0 } }: Report): string =>
  [
    ...(error > 0 ? [plural(error, 'error')] : []),
    ...(warning > 0 ? [plural(warning, 'warning')] : []),
    ...(info > 0 ? [`${info} info`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
  ].join(', ');
