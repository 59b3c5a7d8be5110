/** A report as JUnit's XML (github.com/testmoapp/junitxml), for the reporters of CI systems: a test case for each check and subject. */
import { counted } from '../exit-code.ts';
import type { Finding, Report, Severity, Subject } from '../model.ts';
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

/** One suite for each scope. What makes the exit status 1 is a failure (`--fail-on`); any other finding is the output of a case that passed. */
export function renderJunit(report: Report): string {
  const all = casesOf(report);
  const count = (cases: readonly Case[], is: Case['is']) => cases.filter((one) => one.is === is).length;
  const counts = (cases: readonly Case[]) =>
    `tests="${cases.length}" failures="${count(cases, 'failed')}" errors="${count(cases, 'broken')}" skipped="${count(cases, 'skipped')}"`;
  const suites = (['cluster', 'apiserver', 'apiservice'] as const).flatMap((scope) => {
    const cases = all.filter(({ subject }) => subject.scope === scope);
    const time = report.capturedAt ? ` timestamp="${xml(report.capturedAt)}"` : '';
    return cases.length === 0 ? [] : [`  <testsuite name="${scope}" ${counts(cases)}${time}>`, ...cases.map(caseText), '  </testsuite>'];
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="aggctl" ${counts(all)}>`, ...suites, '</testsuites>', ''].join('\n');
}
