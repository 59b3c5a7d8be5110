/** What drawings are made of: signs, boxes with text, arrows. Text in SVG does not wrap by itself, so it is wrapped here. Pure. */
import { columnsOf } from '../layout.ts';
import { html, type Markup, type Tone } from './markup.ts';

/** The signs, once a page; each is drawn around its middle. Shape and color say the same. */
export const signs: Markup = html`<svg width="0" height="0" class="signs" aria-hidden="true" focusable="false"><defs>
<g id="mark-ok"><circle r="8"/><path d="M-3.6 .3 -1 3 4-2.8"/></g>
<g id="mark-error"><circle r="8"/><path d="M-3-3 3 3M3-3-3 3"/></g>
<g id="mark-warning"><path class="sign" d="M0-8.5 8.5 7h-17z"/><path d="M0-3v5M0 4.6v.2"/></g>
<g id="mark-info"><circle r="8"/><path d="M0-4v.2M0-1v5"/></g>
<g id="mark-none"><circle r="7.2"/><path d="M-3 0h6"/></g>
</defs></svg>`;

export const sign = (tone: Tone, x: number, y: number): Markup => html`<use class="mark ${tone}" href="#mark-${tone}" x="${x}" y="${y}"/>`;

/** A drawing that a screen reader takes for one picture. `id` is unique on the page. */
export function drawing(
  id: string,
  said: { readonly title: string; readonly desc: string },
  { width, height, className }: { readonly width: number; readonly height: number; readonly className: string },
  content: readonly Markup[],
): Markup {
  return html`<svg class="drawing ${className}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc" focusable="false"><title id="${id}-title">${said.title}</title><desc id="${id}-desc">${said.desc}</desc>${content}</svg>`;
}

/** Lines of at most so many columns: broken at spaces, long words anywhere; what does not fit ends in an ellipsis. */
export function wrapped(text: string, columns: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((one) => pieces(one, columns))) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && columnsOf(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  const last = [...(lines[most - 1] ?? '')];
  while (last.length > 0 && columnsOf(last.join('')) > columns - 1) last.pop();
  return [...lines.slice(0, most - 1), `${last.join('')}…`];
}
function pieces(word: string, columns: number): readonly string[] {
  const all = [''];
  for (const character of word) {
    if (columnsOf(`${all.at(-1)}${character}`) > columns) all.push('');
    all[all.length - 1] += character;
  }
  return all;
}

export interface BoxLine {
  readonly text: string;
  readonly className?: string;
  readonly tone?: Tone;
  /** How many lines it may take. */
  readonly most?: number;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly markup: Markup;
}
/** Wide enough for any font that a browser has for code at this size. */
const columnWidth = 7.6;
const lineHeight = 18;

/** A box as high as its text. */
export function box(x: number, y: number, width: number, tone: Tone, lines: readonly BoxLine[]): Box {
  const drawn: Markup[] = [];
  let bottom = y + 8;
  for (const { text, className = '', tone: of, most = 1 } of lines) {
    const left = x + 14 + (of ? 24 : 0);
    for (const [index, line] of wrapped(text, Math.floor((x + width - 10 - left) / columnWidth), most).entries()) {
      bottom += lineHeight;
      if (of && index === 0) drawn.push(sign(of, x + 23, bottom - 4.5));
      drawn.push(html`<text class="${className}" x="${left}" y="${bottom}">${line}</text>`);
    }
  }
  const height = bottom + 12 - y;
  const frame = html`<rect class="box ${tone}" x="${x + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" rx="8"/>`;
  return { x, y, width, height, markup: html`${frame}${drawn}` };
}

/** From point to point. Of a tone it has a sign in its middle, and below that a label. */
export function arrow([x1, y1]: Point, [x2, y2]: Point, told?: { readonly tone: Tone; readonly label?: string }): Markup {
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const isDown = x1 === x2;
  const tone = told?.tone ?? 'plain';
  const head = isDown ? `M${x2 - 5} ${y2 - 6}l5 6 5-6` : `M${x2 - 6} ${y2 - 5}l6 5-6 5`;
  const way = isDown || y1 === y2 ? `M${x1} ${y1}L${x2} ${y2}` : `M${x1} ${y1}C${x} ${y1} ${x} ${y2} ${x2} ${y2}`;
  const lines = html`<path class="way ${tone}" d="${way}"/><path class="way head ${tone}" d="${head}"/>`;
  if (!told) return lines;
  const at = isDown ? html`x="${x + 16}" y="${y + 4}"` : html`x="${x}" y="${y + 24}" text-anchor="middle"`;
  return html`${lines}${sign(told.tone, x, y)}${told.label ? html`<text class="label" ${at}>${told.label}</text>` : null}`;
}
export type Point = readonly [x: number, y: number];
