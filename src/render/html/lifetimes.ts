/** The timeline: how long each certificate is valid, from half a year before today to a year and a half after. */
import { day, fromNow } from '../../format.ts';
import type { CertificateItem, CertificateState } from '../../model.ts';
import { html, type Markup, mark, type Section, type Tone } from './markup.ts';

const DAY = 24 * 3_600_000;
const before = 182 * DAY;
const after = 548 * DAY;

const toneOf: Readonly<Record<CertificateState, Tone>> = {
  expired: 'error',
  'not-yet-valid': 'error',
  fail: 'error',
  warn: 'warning',
  valid: 'ok',
};

/** Those that end first come first. */
export function lifetimeSection(certificates: readonly CertificateItem[], now: Date): Section | null {
  if (certificates.length === 0) return null;
  const ordered = certificates.toSorted((a, b) => Date.parse(a.expires) - Date.parse(b.expires));
  const body = html`<ul class="legend"><li><span class="swatch ok"></span> valid</li><li><span class="swatch warning"></span> a warning is due</li><li><span class="swatch error"></span> an error, or expired</li><li><span class="swatch today"></span> today, ${day(now)}</li></ul>
<div class="axis">${axis(now)}</div>
<ol class="lifetimes">${ordered.map((one, index) => rowOf(one, `lifetime-${index}`, now))}</ol>`;
  return { id: 'certificates', title: 'Certificates', body };
}

/** Where a moment is drawn, in percent of the width; what is outside is at the edge. */
const place = (at: number, now: Date): number =>
  Math.round(Math.min(1, Math.max(0, (at - now.getTime() + before) / (before + after))) * 10_000) / 100;
const ticks = (now: Date) => [-6, 0, 6, 12, 18].map((months) => ({ months, at: now.getTime() + months * (365.25 / 12) * DAY }));

function axis(now: Date): Markup {
  const anchors: Readonly<Record<number, string>> = { [-6]: 'start', 18: 'end' };
  const labels = ticks(now).map(
    ({ months, at }) =>
      html`<text class="${months === 0 ? 'today' : anchors[months] ? 'edge' : ''}" x="${place(at, now)}%" y="14" text-anchor="${anchors[months] ?? 'middle'}">${months === 0 ? 'today' : day(new Date(at)).slice(0, 7)}</text>`,
  );
  return html`<svg width="100%" height="20" aria-hidden="true" focusable="false">${labels}</svg>`;
}

function rowOf(one: CertificateItem, id: string, now: Date): Markup {
  const { name, subject, issuer, places, trustedBy, ignored, state, expires } = one;
  const tone = ignored === null ? toneOf[state] : 'none';
  const when = `${state === 'expired' ? 'expired' : state === 'not-yet-valid' ? 'not yet valid; to' : 'to'} ${day(new Date(expires))}`;
  return html`<li><div><h3>${name}</h3><code>${subject}</code></div>${bar(one, id, now)}<div class="ends">${mark(tone)} <span>${when}<br><span class="muted">${fromNow(new Date(expires), now)}</span></span></div>
<p class="muted">${ignored === null ? null : html`Its dates do not count: ${ignored}. `}${issuer === subject ? 'Self-signed' : html`Issued by <code>${issuer}</code>`}. Trusted by ${trustedBy}. At ${places.map((text, index) => html`${index > 0 ? '; ' : ''}${text}`)}.</p></li>`;
}

/** Its parts are placed in percent, so that it fills any width; the text beside it says the same. */
function bar({ name, notBefore, expires, warnsFrom, failsFrom, state, ignored }: CertificateItem, id: string, now: Date): Markup {
  const at = (time: string) => place(Date.parse(time), now);
  const span = (from: number, to: number, tone: string) =>
    to > from
      ? html`<rect class="span ${tone}" x="${from}%" width="${Math.round((to - from) * 100) / 100}%" y="50%" height="12" transform="translate(0 -6)"/>`
      : null;
  const [start, warns, end] = [at(notBefore), at(warnsFrom), at(expires)];
  const fails = failsFrom === null ? end : at(failsFrom);
  const isOver = state === 'expired';
  const spans =
    ignored !== null
      ? [span(start, end, 'none')]
      : isOver
        ? [span(start, end, 'expired'), span(end, place(now.getTime(), now), 'gap')]
        : [span(start, Math.min(warns, fails), 'ok'), span(warns, fails, 'warning'), span(fails, end, 'error')];
  const lasts =
    Date.parse(expires) - now.getTime() > after
      ? html`<svg x="100%" y="50%" width="1" height="1" overflow="visible"><path class="onward" d="M-11-4l4 4-4 4"/></svg>`
      : null;
  const gone =
    now.getTime() - Date.parse(expires) > before
      ? html`<svg x="0" y="50%" width="1" height="1" overflow="visible"><path class="onward error" d="M10-4l-4 4 4 4"/></svg>`
      : null;
  const grid = ticks(now).map(
    ({ months, at: time }) =>
      html`<line class="${months === 0 ? 'today' : 'tick'}" x1="${place(time, now)}%" x2="${place(time, now)}%" y1="0" y2="100%"/>`,
  );
  const desc = `From ${day(new Date(notBefore))} to ${day(new Date(expires))}; a warning is due from ${day(new Date(warnsFrom))}${failsFrom === null ? '' : `, an error from ${day(new Date(failsFrom))}`}.`;
  return html`<div class="track"><svg class="bar" width="100%" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc" focusable="false"><title id="${id}-title">Lifetime of ${name}</title><desc id="${id}-desc">${desc}</desc>${grid}${spans}${lasts}${gone}</svg></div>`;
}
