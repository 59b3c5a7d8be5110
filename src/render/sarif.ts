/** A report as SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), for code scanning. Places in files have a line; others are logical locations. */
import type { AnyCheck, Finding, Place, Report } from '../model.ts';
import { sanitize } from './sanitize.ts';
import { placeText } from './text/place.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** A path below the folder in which the tool ran is relative: so that a code host finds the file. */
const uriOf = (file: string): string => encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3F');

function location(at: Place): object {
  if (!('file' in at)) return { logicalLocations: [{ fullyQualifiedName: sanitize(placeText(at)) }] };
  const region = at.line === undefined ? {} : { region: { startLine: at.line } };
  return { physicalLocation: { artifactLocation: { uri: uriOf(at.file) }, ...region } };
}

function result({ id, severity, subject, message, at, evidence, fix, symptoms }: Finding): object {
  const text = [message, ...evidence, fix.text, ...fix.commands, ...symptoms.map((one) => `causes ${one.id}: ${one.message}`)]
    .filter((one) => one !== '')
    .map(sanitize)
    .join('\n');
  return {
    ruleId: id,
    level: levels[severity],
    message: { text },
    locations: [location(at)],
    // Neither times nor values: the same problem is the same alert tomorrow.
    partialFingerprints: { 'aggctl/v1': `${id}/${subject.scope}/${subject.name}` },
  };
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

/** `rules`: of all checks. Those that found something are named. */
export function renderSarif({ findings, aggctl, summary, capturedAt }: Report, rules: readonly Rule[]): string {
  const named = rules.filter(({ id }) => findings.some((one) => one.id === id)).map(rule);
  const invocation = {
    executionSuccessful: summary.exitStatus === 0 || summary.exitStatus === 1,
    exitCode: summary.exitStatus,
    ...(capturedAt && { endTimeUtc: capturedAt }),
  };
  const document = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      { tool: { driver: { name: 'aggctl', version: aggctl, rules: named } }, invocations: [invocation], results: findings.map(result) },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
