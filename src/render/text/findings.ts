/** The problems, with the one to fix first at the top, and what to do next. */

import { list } from '../../format.ts';
import type { Finding, Report, Symptom } from '../../model.ts';
import { field, type Page, prose, spread } from '../layout.ts';
import { judged, placeText } from './place.ts';

/** A section for each finding. */
export const findings = (report: { readonly findings: readonly Finding[] }, page: Page): string[][] =>
  report.findings.map((finding, index) => [...title(finding, index === 0 && report.findings.length > 1, page), ...body(finding, page)]);

/** The sign, the id and the subject. "fix this first" is for the first of several, and never for a remark. */
function title({ id, severity, subject }: Finding, first: boolean, page: Page): string[] {
  const sign = page.paint[severity](page.symbols[severity]);
  const parts = [`${sign} ${page.paint.strong(id)}`, ...(subject.name === '' ? [] : [subject.name])];
  return spread(parts, ` ${page.symbols.dot} `, first && severity !== 'info' ? page.paint.strong('fix this first') : '', page);
}

function body(finding: Finding, page: Page): string[] {
  const { message, at, evidence, fix, symptoms, effects, mayBeExplainedBy, undecided, others = [] } = finding;
  const section = (label: string, items: readonly string[], commands: readonly string[] = []) =>
    items.length > 0 || commands.length > 0 ? field(label, items, page, { commands }) : [];
  return [
    ...prose(message, page, 2),
    ...section(
      'also',
      others.length === 0
        ? []
        : [
            list(
              others.map(({ name }) => name),
              page.verbose ? {} : { most: 5 },
            ),
          ],
    ),
    ...section('at', [placeText(at)]),
    ...section('evidence', evidence),
    ...section('fix', fix.text === '' ? [] : [fix.text], fix.commands),
    ...section('causes', page.verbose ? symptoms.map(told) : grouped(symptoms)),
    ...section('effects', effects),
    ...section('suspects', unproven(mayBeExplainedBy, undecided)),
  ];
}

/** Symptoms of the finding: one is shown whole; several of a kind by their names, and whole with -v. */
export function grouped(symptoms: readonly Symptom[]): string[] {
  return [...new Set(symptoms.map(({ id }) => id))].flatMap((id) => {
    const alike = symptoms.filter((symptom) => symptom.id === id);
    const names = alike.map(({ subject }) => subject.name);
    if (alike.length === 1 || names.includes('')) return alike.map(told);
    return [`${id}: ${list(names, { most: 5 })}${also(alike.flatMap(({ alsoExplainedBy = [] }) => alsoExplainedBy))}`];
  });
}
const told = ({ id, message, alsoExplainedBy = [] }: Symptom): string => `${id}: ${message}${also(alsoExplainedBy)}`;
const also = (ids: readonly string[]): string => (ids.length === 0 ? '' : ` (${list([...new Set(ids)])} can cause it too)`);

/** Possible causes, by id only; of too many their number. */
export function unproven(ids: readonly string[], undecided: Finding['undecided']): string[] {
  if (undecided) return [`not proven: one of ${undecided.candidates} faults that look the same from here`];
  return ids.length === 0 ? [] : [`not proven: ${list(ids, { word: 'or' })}`];
}

/** With -v: the problems that are suppressed, why, and until when. */
export const suppressed = (report: Report, page: Page): string[][] =>
  (report.suppressed ?? []).map(({ id, subject, message, at, others = [], symptoms, suppression }) => [
    ...prose(`${page.symbols.none} suppressed: ${judged({ id, subject })}`, page, 0, 2),
    ...prose(message, page, 2),
    ...(others.length === 0 ? [] : field('also', [list(others.map(({ name }) => name))], page)),
    ...field('at', [placeText(at)], page),
    ...(symptoms.length === 0 ? [] : field('causes', symptoms.map(told), page)),
    ...(suppression
      ? [
          ...field('reason', [suppression.reason], page),
          ...field('by', [`${placeText(suppression.at)}${suppression.until === null ? '' : `, until ${suppression.until}`}`], page),
        ]
      : []),
  ]);

/** What to do first, in one line; its command, if it is the only one; and the explanation. */
export function next({ findings: [first] }: { readonly findings: readonly Finding[] }, page: Page): string[] {
  if (!first) return [];
  const { text, commands } = first.fix;
  const [command, more] = commands;
  const lines = [...(command === undefined || more !== undefined ? [] : [command]), `${page.name} explain ${first.id}`];
  const what = prose(`Next: ${beginning(text)}`.trimEnd(), page, 0, 2);
  return [...what, ...lines.map((line) => `    ${page.paint.strong(line)}`)];
}

/** The first clause of a fix, without a full stop, which would look like a part of a flag. What is in backticks or parentheses has no end. */
const beginning = (text: string): string => /^(?:`[^`]*`|\([^)]*\)|[^;:.`(]|[;:.](?! |$)|[`(])*/.exec(text)?.[0] ?? '';
