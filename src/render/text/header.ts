/** Which cluster was checked, as which user, and where the facts come from. */

import { duration, list, moment, plural } from '../../format.ts';
import type { Report } from '../../model.ts';
import { flow, type Page, prose } from '../layout.ts';
import { placeText } from './place.ts';

/** An HTTP Date has whole seconds and takes a moment to arrive: below this, clocks agree. Milliseconds. */
const NOTABLE_SKEW = 5000;

export function header(report: Report, page: Page): string[] {
  if (report.manifests) return [...manifestLines(report, page), ...suppressions(report, page)];
  return [
    ...unreachable(report, page),
    ...(report.incomplete ? prose(`${page.symbols.warning} ${report.incomplete}`, page, 0, 2) : []),
    ...clusterLines(report, page),
    ...identityLine(report, page),
    ...flagLines(report, page),
    ...sourceLines(report, page),
    ...suppressions(report, page),
  ];
}

/** How much was read of them. */
export const manifestCounts = ({ files, objects, apiServices }: NonNullable<Report['manifests']>): string =>
  `${plural(objects, 'object')} in ${plural(files, 'file')}, ${plural(apiServices, 'APIService')}`;

function manifestLines({ manifests, source }: Report, page: Page): string[] {
  const counts = manifests ? ` ${page.symbols.dot} ${manifestCounts(manifests)}` : '';
  return [...prose(`${page.paint.strong(source)}${counts}`, page, 0, 2), ...prose('Checked as if applied, without a cluster.', page, 0)];
}

/** What matters more than anything that was found: nothing of the cluster was seen. */
export function unreachable({ cluster }: Report, { paint, symbols, ...page }: Page): string[] {
  if (cluster?.unreachable === undefined) return [];
  const lines = prose(`${symbols.error} Cannot reach kube-apiserver: ${cluster.unreachable}`, { paint, symbols, ...page }, 0, 2);
  return lines.map((line) => paint.error(line));
}

/** So that nobody wonders where a problem is. */
export function suppressions({ suppressions: file, suppressed = [] }: Report, page: Page): string[] {
  if (file === undefined) return [];
  const [many, beneath] = [suppressed.length, suppressed.flatMap(({ symptoms }) => symptoms).length];
  const count = many === 0 ? 'no problem is' : many === 1 ? '1 problem is' : `${many} problems are`;
  const caused = beneath === 0 ? '' : `, with ${beneath} that ${many === 1 ? 'it causes' : 'they cause'}`;
  return prose(`${count} suppressed by ${file}${caused}`, page, 0, 2);
}

function clusterLines({ cluster }: Report, page: Page): string[] {
  if (!cluster) return prose('Only files were checked, and no API server.', page, 0);
  const parts = [cluster.server, cluster.version ?? '', cluster.distribution ?? ''].filter((part) => part !== '');
  return flow([...(cluster.name ? [page.paint.strong(cluster.name)] : []), ...parts], ` ${page.symbols.dot} `, page.width);
}

const identityLine = (report: Report, page: Page): string[] =>
  prose(identityParts(report).join(` ${page.symbols.dot} `), page, 0, 2).filter((line) => line !== '');

/** The user whose credentials were used, and a clock that differs. */
export function identityParts({ identity, clockSkew = 0 }: Report): readonly string[] {
  const groups = identity && identity.groups.length > 0 ? ` (${identity.groups.join(', ')})` : '';
  const behind = clockSkew > 0 ? 'behind' : 'ahead of';
  return [
    ...(identity ? [`as ${identity.user || 'a user without a name'}${groups}`] : []),
    ...(Math.abs(clockSkew) >= NOTABLE_SKEW ? [`this machine's clock is ${duration(clockSkew)} ${behind} the server's`] : []),
  ];
}

const flagLines = (report: Report, page: Page): string[] => flagSentences(report).flatMap((line) => prose(line, page, 0, 2));

/** Kube-apiservers whose flags were read the same way share a line. */
export function flagSentences({ apiservers }: Report): readonly string[] {
  const read = apiservers.flatMap(({ name, flags, origin = 'manifest' }) => {
    if (!flags) return [];
    // A manifest's path and a mirror pod's name say by themselves what they are.
    return [{ name, place: 'file' in flags ? `${origin === 'manifest' ? '' : `${origin} `}${flags.file}` : placeText(flags) }];
  });
  const places = [...new Set(read.map(({ place }) => place))];
  return places.map((place) => {
    const names = read.filter((one) => one.place === place).map(({ name }) => name);
    return `kube-apiserver on ${list(names)}, flags from ${place}`;
  });
}

const sourceLines = (report: Report, page: Page): string[] => sourceSentences(report).flatMap((line) => prose(line, page, 0, 2));

/** Which snapshot was read, and as of when it was checked; [] of a live cluster. */
export function sourceSentences(report: Report): readonly string[] {
  const { source, judgedAt, manifests } = report;
  if (manifests) return [source];
  return [
    ...(source === 'live' ? [] : [`${sourceName(report)}${taken(report)}`]),
    ...(judgedAt ? [`checked as of ${moment(new Date(judgedAt))}`] : []),
  ];
}

function sourceName({ source, collected = [] }: Report): string {
  const [first] = collected;
  if (!first) return `snapshot ${source}`;
  if (first.path === source) return `${first.by} ${source}`;
  return `snapshots ${source} (${collected.map(({ by, path }) => `${by} ${path}`).join(', ')})`;
}

function taken({ capturedAt, collected = [] }: Report): string {
  if (!capturedAt) return '';
  const at = moment(new Date(capturedAt));
  return collected.some(({ dated }) => dated === 'newest') ? `, checked as of the newest time in it, ${at}` : `, taken ${at}`;
}
