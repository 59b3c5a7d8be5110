/** The problems, the one to repair first at the head. */

import { list } from '../../format.ts';
import type { Finding, Symptom } from '../../model.ts';
import { field, type Page, prose, spread } from '../layout.ts';
import { placeText } from './place.ts';

/** A section for each finding. */
export const findings = (report: { readonly findings: readonly Finding[] }, page: Page): string[][] =>
  report.findings.map((finding, index) => [...title(finding, index === 0, page), ...body(finding, page)]);

/** The sign, the id and what it was found on. Whether to repair it first is said of faults, never of a mere remark. */
function title({ id, severity, subject }: Finding, first: boolean, page: Page): string[] {
  const sign = page.paint[severity](page.symbols[severity]);
  const parts = [`${sign} ${page.paint.strong(id)}`, ...(subject.name === '' ? [] : [subject.name])];
  return spread(parts, ` ${page.symbols.dot} `, first && severity !== 'info' ? page.paint.dim('repair this first') : '', page);
}

function body(finding: Finding, page: Page): string[] {
  const { message, at, evidence, fix, symptoms, effects, mayBeExplainedBy, others = [] } = finding;
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
    ...section('explains', page.verbose ? symptoms.map(told) : grouped(symptoms)),
    ...section('effects', effects),
    ...section('cause', unproven(mayBeExplainedBy)),
  ];
}

/** Explained symptoms: one is told as it is; of several of a kind only the names, the rest is for -v. */
function grouped(symptoms: readonly Symptom[]): string[] {
  return [...new Set(symptoms.map(({ id }) => id))].flatMap((id) => {
    const alike = symptoms.filter((symptom) => symptom.id === id);
    const names = alike.map(({ subject }) => subject.name);
    if (alike.length === 1 || names.includes('')) return alike.map(told);
    return [`${id}: ${list(names, { most: 5 })}${also(alike.flatMap(({ alsoExplainedBy = [] }) => alsoExplainedBy))}`];
  });
}
const told = ({ id, message, alsoExplainedBy = [] }: Symptom): string => `${id}: ${message}${also(alsoExplainedBy)}`;
const also = (ids: readonly string[]): string => (ids.length === 0 ? '' : ` (${list([...new Set(ids)])} would explain it too)`);

/** Candidates are named, and never more than named. */
const unproven = (ids: readonly string[]): string[] =>
  ids.length === 0 ? [] : [`not proven; it may be ${list(ids, { word: 'or', most: 6 })}`];
