/** The verdict, and what was checked: the first thing on the page. */
import { capitalized, list, moment, plural } from '../../format.ts';
import type { Report } from '../../model.ts';
import { claim } from '../text/footer.ts';
import { flagSentences, identityParts, manifestCounts, sourceSentences } from '../text/header.ts';
import { firstFinding } from './findings.ts';
import { html, inline, type Markup, mark, type Section, type Tone } from './markup.ts';

interface Verdict {
  readonly tone: Tone;
  readonly title: string;
  /** What was found first, or what is healthy; '': the title says all. */
  readonly text: string;
}

export function verdictOf(report: Report): Verdict {
  const { summary, findings } = report;
  const [first] = findings;
  const claimed = claim(report);
  if (claimed) {
    const { sign, title, text } = claimed;
    return title ? { tone: sign, title, text: capitalized(text) } : { tone: sign, title: text, text: '' };
  }
  const { error, warning, info } = summary;
  const counts = [
    ...(error > 0 ? [plural(error, 'error')] : []),
    ...(warning > 0 ? [plural(warning, 'warning')] : []),
    ...(info > 0 ? [plural(info, 'remark')] : []),
  ];
  return { tone: first?.severity ?? 'none', title: list(counts), text: first?.message ?? '' };
}

export function verdict(report: Report): Markup {
  const { cluster, findings, incomplete, capturedAt, manifests } = report;
  const { tone, title, text } = verdictOf(report);
  const [first] = findings;
  const notices = [
    ...(cluster?.unreachable === undefined ? [] : [`Cannot reach kube-apiserver: ${cluster.unreachable}`]),
    ...(incomplete ? [incomplete] : []),
  ];
  const about = [
    cluster ? cluster.name || cluster.server : manifests ? manifestCounts(manifests) : 'files alone',
    cluster?.version,
    cluster?.distribution,
    capturedAt && moment(new Date(capturedAt)),
  ].filter(Boolean);
  const lead = first && findings.length > 1 && first.severity !== 'info' ? html`<a href="#${firstFinding}">Fix this first</a>: ` : null;
  return html`<header class="page"><p class="brand"><strong>aggctl</strong> <span class="muted">report on the Kubernetes API aggregation layer</span></p>
<div class="verdict ${tone}">${mark(tone)}<div><h1>${title}</h1>${text === '' ? null : html`<p>${lead}${inline(text)}</p>`}${notices.map((one) => html`<p class="notice">${inline(one)}</p>`)}</div></div>
<p class="about">${about.join(' · ')}</p>
${counts(report)}</header>`;
}

function counts({ summary }: Report): Markup {
  const { error, warning, info, passed, skipped, crashed } = summary;
  const all: readonly { readonly count: number; readonly text: string; readonly tone: Tone; readonly always?: true }[] = [
    { count: error, text: error === 1 ? 'error' : 'errors', tone: 'error', always: true },
    { count: warning, text: warning === 1 ? 'warning' : 'warnings', tone: 'warning', always: true },
    { count: info, text: info === 1 ? 'remark' : 'remarks', tone: 'info' },
    { count: passed, text: 'checks passed', tone: 'ok', always: true },
    { count: skipped, text: 'not checked', tone: 'none' },
    { count: crashed, text: 'crashed', tone: 'warning' },
  ];
  const shown = all.filter(({ count, always }) => always || count > 0);
  return html`<ul class="counts">${shown.map(({ count, text, tone }) => html`<li class="${count > 0 ? tone : 'zero'}"><strong>${count}</strong> ${text}</li>`)}</ul>`;
}

/** Where it comes from, for who asks: at the end of the page. */
export function aboutSection(report: Report): Section {
  const { cluster, capturedAt } = report;
  const who = identityParts(report).join('; ').replace(/^as /, '');
  const of = (term: string, value: string | null | undefined) => (value ? [[term, value] as const] : []);
  const facts = [
    ...of(
      'cluster',
      cluster ? cluster.name || cluster.server : report.manifests ? 'none: as if applied' : 'only files were checked, and no API server',
    ),
    ...of('server', cluster?.name ? cluster.server : null),
    ...of('version', [cluster?.version, cluster?.distribution].filter(Boolean).join(', ')),
    ...of('checked', capturedAt && moment(new Date(capturedAt))),
    ...of('as', who),
    ...of('flags', flagSentences(report).join('; ')),
    ...of('source', sourceSentences(report).join('; ')),
    ...of('aggctl', report.aggctl),
    ...of('exit status', String(report.summary.exitStatus)),
  ];
  const body = html`<dl class="facts">${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
  return { id: 'about', title: 'About this report', body };
}
