/** A report as SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), for code scanning. Places in files have a line; others are logical locations. */
import type { AnyCheck, ClusterReports, Finding, Place, Report } from '../model.ts';
import { sanitize } from './sanitize.ts';
import { placeText } from './text/place.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** A path below the directory in which aggctl runs is relative, so that a code host finds the file in its repository; any other is absolute. */
function uriOf(file: string, directory: string): string {
  const below = directory !== '/' && file.startsWith(`${directory}/`) ? file.slice(directory.length + 1) : file.replace(/^(\.\/+)+/, '');
  const path = below
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}

function location(at: Place, directory: string): object {
  if (!('file' in at)) return { logicalLocations: [{ fullyQualifiedName: sanitize(placeText(at)) }] };
  const { file, line, node } = at;
  const region = line === undefined ? {} : { region: { startLine: line } };
  const physicalLocation = { artifactLocation: { uri: uriOf(file, directory) }, ...region };
  return { physicalLocation, ...(node && { message: { text: messageText([`on ${node}`]) } }) };
}

/** Lines of which none makes a link: `[text](target)` is one in a message. */
const messageText = (lines: readonly string[]): string => lines.map((line) => sanitize(line).replaceAll('](', '] (')).join('\n');

function result({ id, severity, message, at, evidence, fix, symptoms, suppression }: Finding, directory: string): object {
  const lines = [message, ...evidence, fix.text, ...fix.commands, ...symptoms.map((one) => `causes ${one.id}: ${one.message}`)];
  return {
    ruleId: id,
    level: levels[severity],
    message: { text: messageText(lines.filter((line) => line !== '')) },
    locations: [location(at, directory)],
    ...(suppression && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: messageText([suppression.reason]),
          location: location(suppression.at, directory),
        },
      ],
    }),
  };
}

/** Neither times nor values: the same problem is the same alert tomorrow. A check may find several problems of a subject. */
function fingerprint({ id, subject }: Finding, index: number, all: readonly Finding[]): string {
  const before = all.slice(0, index).filter((one) => one.id === id && one.subject.name === subject.name).length;
  return sanitize(`${id}/${subject.scope}/${subject.name}${before > 0 ? `/${before + 1}` : ''}`);
}

/** What a rule tells of itself. */
export type Rule = Pick<AnyCheck, 'id' | 'title' | 'severity' | 'explain'>;
const rule = ({ id, title, severity, explain }: Rule): object => ({
  id,
  shortDescription: { text: title },
  fullDescription: { text: explain.why },
  help: { text: `${explain.kubernetes}\n\n${explain.repair}` },
  defaultConfiguration: { level: levels[severity] },
});

/** `rules`: of all checks; those that found something are named. `directory`: in which aggctl runs. */
export const renderSarif = (report: Report, rules: readonly Rule[], directory: string): string =>
  logText([runOf(report, rules, directory)]);

/** One run for each cluster, named after its context, so that alerts of one do not replace those of another. */
export const renderClustersSarif = ({ clusters }: ClusterReports, rules: readonly Rule[], directory: string): string =>
  logText(
    clusters.flatMap(({ context, report }) =>
      report ? [{ ...runOf(report, rules, directory), automationDetails: { id: `aggctl/${sanitize(context)}/` } }] : [],
    ),
  );

function runOf({ findings, suppressed = [], aggctl, summary, capturedAt }: Report, rules: readonly Rule[], directory: string): object {
  const all = [...findings, ...suppressed];
  const named = rules.filter(({ id }) => all.some((one) => one.id === id));
  const ids = named.map(({ id }) => id);
  const results = all.map((one, index) => ({
    ...result(one, directory),
    ruleIndex: ids.indexOf(one.id),
    partialFingerprints: { 'aggctl/v1': fingerprint(one, index, all) },
  }));
  const invocation = {
    executionSuccessful: summary.exitStatus === 0 || summary.exitStatus === 1,
    exitCode: summary.exitStatus,
    ...(capturedAt && { endTimeUtc: capturedAt }),
  };
  return { tool: { driver: { name: 'aggctl', version: aggctl, rules: named.map(rule) } }, invocations: [invocation], results };
}

function logText(runs: readonly object[]): string {
  const $schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
  return `${JSON.stringify({ $schema, version: '2.1.0', runs }, null, 2)}\n`;
}
