/** `aggctl explain ID` as text: what a check examines, why it matters and how to fix it. */
import type { Explanation, Meaning } from '../model.ts';
import { pageOf, prose } from './layout.ts';
import { visible } from './sanitize.ts';
import type { Style } from './style.ts';

const scopes: Readonly<Record<Explanation['scope'], string>> = {
  cluster: 'the cluster',
  apiserver: 'each kube-apiserver',
  apiservice: 'each APIService that has a Service',
};

/** Paragraphs under headings. Relations between checks are for programs: `-o json`. */
export function renderExplanation(explanation: Explanation, style: Style): string {
  const page = pageOf(style);
  const shown = visible(oneLined(explanation), style.ascii);
  const paragraphs = [
    { heading: 'What it checks', text: shown.looksAt },
    { heading: 'Why it matters', text: shown.why },
    { heading: 'What Kubernetes does', text: shown.kubernetes },
    { heading: 'Fix', text: shown.repair },
    { heading: 'Source of the rule', text: shown.mirrors },
  ];
  const blocks = [
    [
      page.paint.strong(shown.id),
      ...prose(`Healthy when: ${shown.title}`, page, 0),
      ...prose(`${shown.severity} ${page.symbols.dot} checked for ${scopes[shown.scope]}`, page, 0),
    ],
    ...paragraphs.map(({ heading, text }) => [page.paint.strong(heading), ...prose(text, page, 2)]),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Removes the line breaks of the source code. */
const oneLined = (explanation: Explanation): Explanation =>
  Object.fromEntries(
    Object.entries(explanation).map(([key, value]) => [key, typeof value === 'string' ? value.replace(/\s+/g, ' ') : value]),
  ) as unknown as Explanation;

/** Commands of aggctl in a sentence, by the name that it has here. */
const asCalled = (text: string, name: string): string => text.replace(/\baggctl (?=doctor|check-apiservice|certs)/g, `${name} `);

/** The text, what it means, what to do, and which checks look for its cause. */
export function renderMeaning(whole: Meaning, style: Style): string {
  const page = pageOf(style);
  const { asked, meaning, harmless, next, checks } = visible(whole, style.ascii);
  const sentence = (text: string) =>
    `${/^(?:kube-|aggctl|kubectl)/.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`}.`;
  const blocks = [
    [page.paint.strong(asked.slice(0, 300))],
    [page.paint.strong(harmless ? 'Harmless by itself' : 'What it means'), ...prose(sentence(meaning), page, 2)],
    [page.paint.strong('Next'), ...prose(sentence(asCalled(next, page.name)), page, 2)],
    ...(checks.length === 0
      ? []
      : [[page.paint.strong('Checks that find its cause'), ...checks.flatMap(({ id, title }) => prose(`${id}: ${title}`, page, 2))]]),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
