/** The problems, each with what shows it, and the commands that fix it. */
import { list } from '../../format.ts';
import type { Finding } from '../../model.ts';
import { grouped, unproven } from '../text/findings.ts';
import { placeText } from '../text/place.ts';
import { html, inline, items, type Markup, mark, type Section } from './markup.ts';

/** The anchor of the first, to which the verdict leads. */
export const firstFinding = 'finding-1';

export function findingsSection(findings: readonly Finding[]): Section | null {
  if (findings.length === 0) return null;
  return { id: 'findings', title: 'Findings', body: html`${findings.map((one, index) => findingOf(one, index, findings.length > 1))}` };
}

function findingOf(finding: Finding, index: number, isAmongSeveral: boolean): Markup {
  const { id, severity, subject, message, at, evidence, fix, symptoms, effects, mayBeExplainedBy, undecided, others = [] } = finding;
  const name = `finding-${index + 1}`;
  const first = isAmongSeveral && index === 0 && severity !== 'info' ? html` <span class="pill">fix this first</span>` : null;
  const also = list(others.map((one) => one.name));
  const rows: readonly (readonly [term: string, texts: readonly string[]])[] = [
    ['also', also === '' ? [] : [also]],
    ['at', [placeText(at)]],
    ['evidence', evidence],
    ['causes', grouped(symptoms)],
    ['effects', effects],
    ['suspects', unproven(mayBeExplainedBy, undecided)],
  ];
  const told = rows.filter(([, texts]) => texts.length > 0);
  return html`<article class="finding ${severity}" aria-labelledby="${name}">
<header><h3 id="${name}">${mark(severity)} ${id}</h3><p><span class="state ${severity}">${severity}</span>${subject.name === '' ? null : html` <span>${subject.name}</span>`}${first}</p></header>
<p class="message">${inline(message)}</p>
${fixOf(fix, id)}
<dl>${told.map(([term, texts]) => html`<div><dt>${term}</dt><dd>${texts.length === 1 ? inline(texts[0] ?? '') : items(texts)}</dd></div>`)}</dl>
<p class="muted">More about it: <code>aggctl explain ${id}</code></p>
</article>`;
}

function fixOf({ text, commands }: Finding['fix'], id: string): Markup | null {
  if (text === '' && commands.length === 0) return null;
  const which = (index: number) => (commands.length === 1 ? 'the command' : `command ${index + 1}`);
  // Without script the button stays hidden, and a click into the command selects all of it.
  const blocks = commands.map(
    (command, index) =>
      html`<div class="command"><pre><code>${command}</code></pre><button type="button" hidden>Copy<span class="unseen"> ${which(index)} that fixes ${id}</span></button></div>`,
  );
  return html`<div class="fix"><h4>Fix</h4>${text === '' ? null : html`<p>${inline(text)}</p>`}${blocks}</div>`;
}
