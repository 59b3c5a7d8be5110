/** A report as one HTML file, for people who were not there: nothing is loaded, values are no markup, and it reads without script. */
import { capitalized } from '../../format.ts';
import type { Report } from '../../model.ts';
import { visible } from '../sanitize.ts';
import { crash, misses } from '../text/footer.ts';
import { beyond, isBeyond, upgradeGroups } from '../text/upgrade.ts';
import { findingsSection } from './findings.ts';
import { lifetimeSection } from './lifetimes.ts';
import { html, inline, items, mark, type Section, section, trusted } from './markup.ts';
import { pathSection } from './path.ts';
import { policyOf } from './policy.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { signs } from './svg.ts';
import { trustSection } from './trust-map.ts';
import { aboutSection, verdict, verdictOf } from './verdict.ts';

/** Ends in a line feed. */
export function renderHtml(whole: Report): string {
  const crashed = whole.crashed.map((one) => ({ ...one, error: one.error.split('\n', 1)[0] ?? '' }));
  const report = visible({ ...whole, crashed, passed: [], inapplicable: [] }, false);
  const { drawings, cluster } = report;
  const apiservices = report.apiservices ?? drawings?.apiservices ?? [];
  const sections = [
    findingsSection(report.findings),
    trustSection(report, apiservices),
    pathSection(apiservices, report),
    drawings ? lifetimeSection(report.certificates ?? [], new Date(drawings.now)) : null,
    upgradeSection(report),
    suppressedSection(report),
    unseenSection(report),
    aboutSection(report),
  ].filter((one) => one !== null);
  const title = `${verdictOf(report).title}${cluster ? `: ${cluster.name || cluster.server}` : ''} (aggctl)`;
  return `${
    html`${trusted('<!DOCTYPE html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf({ style, script })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${signs}
${verdict(report)}
<nav aria-label="On this page"><ul>${sections.map(({ id, title: text }) => html`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
<main>${sections.map(section)}</main>
<footer><p>This report contains no private keys, tokens or values of Secrets.</p></footer>
<p id="said" class="unseen" role="status"></p>
<script>${trusted(script)}</script>
</body>
</html>`.markup
  }\n`;
}

function upgradeSection({ upgrade }: Report): Section | null {
  if (!upgrade) return null;
  const groups = upgradeGroups(upgrade).map(
    ({ sign, text, changes }) => html`<p>${mark(sign)} ${inline(capitalized(text))}</p>${changes.length > 0 ? items(changes) : null}`,
  );
  return {
    id: 'upgrade',
    title: `Upgrade to ${upgrade.to}`,
    body: html`${groups}${isBeyond(upgrade) ? html`<p class="muted">${beyond(upgrade)}</p>` : null}`,
  };
}

/** Problems that somebody decided to live with are problems: each with the reason. */
function suppressedSection({ suppressed = [], suppressions = '' }: Report): Section | null {
  if (suppressed.length === 0) return null;
  const entries = suppressed.map(({ id, subject, message, suppression }) => {
    const until = suppression?.until ? `, until ${suppression.until}` : '';
    return html`<li><code>${id}</code>${subject.name === '' ? null : html` ${subject.name}`}: ${inline(message)} <span class="muted">${suppression?.reason ?? ''}${until}</span></li>`;
  });
  return { id: 'suppressed', title: 'Suppressed', body: html`<p>By <code>${suppressions}</code>:</p><ul>${entries}</ul>` };
}

/** What nobody saw is no good news, so it is told as long as a finding. */
function unseenSection(report: Report): Section | null {
  const told = misses(report, { verbose: false });
  const crashes = report.crashed.map((one) => crash(one, report.aggctl));
  if (told.length === 0 && crashes.length === 0) return null;
  const groups = [...told, ...(crashes.length > 0 ? [{ heading: 'Crashed', items: crashes }] : [])];
  return {
    id: 'unseen',
    title: 'Not checked',
    body: html`${groups.map(({ heading, items: texts }) => html`<h3>${heading}</h3>${items(texts)}`)}`,
  };
}
