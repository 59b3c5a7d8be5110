/** HTML and SVG whose values cannot be markup: every string in `html` is escaped, and only `html` makes what is not. */

export interface Markup {
  readonly markup: string;
}
type Part = string | number | Markup | null | readonly Part[];

export const html = (fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: fixed.map((text, index) => `${text}${textOf(parts[index] ?? null)}`).join(''),
});

function textOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return 'markup' in part ? part.markup : part.map(textOf).join('');
}

/** What is our own and no value: style and script. */
export const trusted = (markup: string): Markup => ({ markup });

/** Prose in which what stands in backquotes is code. */
export const inline = (text: string): Markup =>
  html`${text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;

export const items = (texts: readonly string[]): Markup => html`<ul>${texts.map((text) => html`<li>${inline(text)}</li>`)}</ul>`;

/** What a mark says beside its color. */
export type Tone = 'ok' | 'error' | 'warning' | 'info' | 'none';
/** A sign; the text beside it says the same. */
export const mark = (tone: Tone): Markup =>
  html`<svg class="mark ${tone}" width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true" focusable="false"><use href="#mark-${tone}"/></svg>`;

/** A section of the page with its heading, and the name that leads to it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}
export const section = ({ id, title, body }: Section): Markup =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;
