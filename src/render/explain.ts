/** `aggctl explain ID` as text: what a check looks at, why, and what to do. */
import type { Explanation } from '../model.ts';
import { field, type Page, pageOf, prose } from './layout.ts';
import { visible } from './sanitize.ts';
import type { Style } from './style.ts';

const scopes: Readonly<Record<Explanation['scope'], string>> = {
  cluster: 'once for the cluster',
  apiserver: 'for each kube-apiserver',
  apiservice: 'for each APIService that a Service serves',
};

/** Paragraphs under headings, then how the check stands among the others. */
export function renderExplanation(explanation: Explanation, style: Style): string {
  const page = pageOf(style);
  const shown = visible(oneLined(explanation), style.ascii);
  const paragraphs = [
    { heading: 'What it looks at', text: shown.looksAt },
    { heading: 'Why it matters', text: shown.why },
    { heading: 'What Kubernetes does', text: shown.kubernetes },
    { heading: 'Repair', text: shown.repair },
    { heading: 'The rule comes from', text: shown.mirrors },
  ];
  const blocks = [
    [page.paint.strong(shown.id), ...prose(`Healthy when: ${shown.title}`, page, 0)],
    ...paragraphs.map(({ heading, text }) => [page.paint.strong(heading), ...prose(text, page, 2)]),
    relations(shown, page),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Source code breaks these texts where its own lines end. */
const oneLined = (explanation: Explanation): Explanation =>
  Object.fromEntries(
    Object.entries(explanation).map(([key, value]) => [key, typeof value === 'string' ? value.replace(/\s+/g, ' ') : value]),
  ) as unknown as Explanation;

function relations({ severity, scope, needs, wants, after, explainedBy, explains }: Explanation, page: Page): string[] {
  const rows = [
    { label: 'severity', names: [severity] },
    { label: 'judged', names: [scopes[scope]] },
    { label: 'needs', names: needs },
    { label: 'wants', names: wants },
    { label: 'after', names: after },
    { label: 'caused by', names: explainedBy },
    { label: 'explains', names: explains },
  ];
  return rows.flatMap(({ label, names }) => (names.length === 0 ? [] : field(label, [names.join(', ')], page, { indent: 0 })));
}
