/** A report as JUnit's XML (github.com/testmoapp/junitxml), for the reporters of CI systems: a test case for each check and subject. */
import { counted } from '../exit-code.ts';
import type { ClusterReports, Finding, Report, Severity, Subject } from '../model.ts';
import { sanitize } from './sanitize.ts';
import { placeText } from './text/place.ts';

/** XML 1.0 has no control characters at all; what is invisible is shown. Line feeds are ours. */
const xml = (text: string): string =>
  text
    .split('\n')
    .map(sanitize)
    .join('\n')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

interface Case {
  readonly id: string;
  readonly subject: Subject;
  /** What is inside the element. */
  readonly holds?: string;
  readonly is: 'passed' | 'failed' | 'skipped' | 'broken';
}

const told = ({ message, at, evidence, fix }: Finding): string =>
  [
    message,
    `at: ${placeText(at)}`,
    ...evidence.map((one) => `evidence: ${one}`),
    `fix: ${fix.text}`,
    ...fix.commands.map((one) => `  ${one}`),
  ].join('\n');

function casesOf({ findings, suppressed = [], passed, skipped, crashed, failOn = 'error' }: Report): readonly Case[] {
  const failing: readonly Severity[] = counted(failOn);
  return [
    ...findings.map((one): Case => {
      const failed = failing.includes(one.severity);
      const holds = failed
        ? `<failure type="${xml(one.id)}" message="${xml(one.message)}">${xml(told(one))}</failure>`
        : `<system-out>${xml(`${one.severity}: ${told(one)}`)}</system-out>`;
      return { id: one.id, subject: one.subject, is: failed ? 'failed' : 'passed', holds };
    }),
    ...suppressed.map(
      ({ id, subject, suppression }): Case => ({
        id,
        subject,
        is: 'skipped',
        holds: `<skipped message="${xml(`suppressed: ${suppression?.reason}`)}"/>`,
      }),
    ),
    ...crashed.map(
      ({ id, subject, error }): Case => ({ id, subject, is: 'broken', holds: `<error message="${xml(error.split('\n')[0] ?? '')}"/>` }),
    ),
    ...skipped.map(({ id, subject, because }): Case => {
      const reason = 'fact' in because ? `${because.fact} could not be looked at` : `${because.check} has failed`;
      return { id, subject, is: 'skipped', holds: `<skipped message="${xml(reason)}"/>` };
    }),
    ...passed.map(({ id, subject }): Case => ({ id, subject, is: 'passed' })),
  ];
}

const caseText = ({ id, subject, holds }: Case): string => {
  const start = `    <testcase classname="aggctl.${subject.scope}" name="${xml(subject.name === '' ? id : `${id} (${subject.name})`)}"`;
  return holds ? `${start}>${holds}</testcase>` : `${start}/>`;
};

const count = (cases: readonly Case[], is: Case['is']) => cases.filter((one) => one.is === is).length;
const counts = (cases: readonly Case[]) =>
  `tests="${cases.length}" failures="${count(cases, 'failed')}" errors="${count(cases, 'broken')}" skipped="${count(cases, 'skipped')}"`;

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  /** When the facts were taken. */
  readonly at: string | null;
}
function suitesText(suites: readonly Suite[]): string {
  const lines = suites.flatMap(({ name, cases, at }) => [
    `  <testsuite name="${xml(name)}" ${counts(cases)}${at ? ` timestamp="${xml(at)}"` : ''}>`,
    ...cases.map(caseText),
    '  </testsuite>',
  ]);
  const all = suites.flatMap(({ cases }) => cases);
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="aggctl" ${counts(all)}>`, ...lines, '</testsuites>', ''].join('\n');
}

/** One suite for each scope. What makes the exit status 1 is a failure (`--fail-on`); any other finding is the output of a case that passed. */
export function renderJunit(report: Report): string {
  const all = casesOf(report);
  const suites = (['cluster', 'apiserver', 'apiservice'] as const).map((scope) => ({
    name: scope,
    cases: all.filter(({ subject }) => subject.scope === scope),
    at: report.capturedAt,
  }));
  return suitesText(suites.filter(({ cases }) => cases.length > 0));
}

/** One suite for each cluster, named after its context. That a cluster could not be reached, or not be asked at all, is an error of a case of its own. */
export const renderClustersJunit = ({ clusters }: ClusterReports): string =>
  suitesText(
    clusters
      .filter(({ sameAs }) => sameAs === undefined)
      .map(({ context, why, report }) => {
        const reached: Case = { id: 'cluster-reached', subject: { scope: 'cluster', name: '' }, is: 'passed' };
        const first: Case = why === undefined ? reached : { ...reached, is: 'broken', holds: `<error message="${xml(why)}"/>` };
        return { name: context, cases: [first, ...(report ? casesOf(report) : [])], at: report?.capturedAt ?? null };
      }),
  );
