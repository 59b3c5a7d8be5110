/** The path of a request through each APIService: a line with a stop for each hop, and what was seen there. */
import { list, moment } from '../../format.ts';
import type { CheckedApiService, Report, Step } from '../../model.ts';
import { html, inline, items, type Markup, mark, type Section, type Tone } from './markup.ts';
import { drawing, sign } from './svg.ts';

const toneOf: Readonly<Record<Step['state'], Tone>> = { passed: 'ok', broken: 'error', remark: 'warning', behind: 'none', unknown: 'none' };
const stateWords: Readonly<Record<Step['state'], string>> = {
  passed: 'passed',
  broken: 'broken',
  remark: 'remark',
  behind: 'not checked, because the request does not get there',
  unknown: 'not checked',
};
type State = CheckedApiService['state'];
const serviceTone: Readonly<Record<State, Tone>> = {
  serves: 'ok',
  fails: 'error',
  'in-transition': 'warning',
  local: 'ok',
  absent: 'error',
  unknown: 'none',
};

/** A broken hop counts, whatever the condition says. */
export const toneOfService = ({ state, path }: CheckedApiService): Tone =>
  path.some((step) => step.state === 'broken') ? 'error' : serviceTone[state];

export function serviceWords({ state, path }: CheckedApiService): string {
  const broken = path.filter((step) => step.state === 'broken').map(({ hop }) => hop);
  const at = broken.length > 0 ? ` at ${list(broken)}` : '';
  const words: Readonly<Record<State, string>> = {
    serves: at === '' ? 'serves' : `answers, but breaks${at}`,
    fails: `breaks${at}`,
    'in-transition': 'in transition: its condition and a real request disagree',
    local: 'local: no Service, no extension server',
    absent: 'does not exist',
    unknown: 'could not be checked',
  };
  return words[state];
}

/** The failing first; of more than a few only those are open. */
export function pathSection(apiservices: readonly CheckedApiService[], { further = 0 }: Report): Section | null {
  if (apiservices.length === 0) return null;
  const rank = (one: CheckedApiService) => ['error', 'warning', 'none', 'info', 'ok'].indexOf(toneOfService(one));
  const ordered = apiservices.toSorted((a, b) => rank(a) - rank(b));
  const others =
    further === 0 ? null : html`<p class="muted">Findings about anything else: ${further}. See: <code>aggctl doctor</code></p>`;
  const body = html`<p class="intro">Every hop of a request, in order. A line ends where the request breaks.</p>
${ordered.map((one, index) => pathOf(one, `path-${index}`, ordered.length <= 3 || toneOfService(one) === 'error'))}${others}`;
  return { id: 'paths', title: 'Request paths', body };
}

function pathOf(one: CheckedApiService, id: string, open: boolean): Markup {
  const { name, servedBy, path, history } = one;
  const by = servedBy === null ? null : html` <span class="muted">${servedBy}</span>`;
  const head = html`${mark(toneOfService(one))} <span><strong>${name}</strong> ${serviceWords(one)}${by}</span>`;
  const moments = history?.map(
    ({ at, text }) => html`<li>${at === null ? null : html`<span class="muted">${moment(new Date(at))}</span> `}${inline(text)}</li>`,
  );
  const past = moments ? html`<h3>History of ${name}</h3><ul>${moments}</ul>` : null;
  const way = path.length === 0 ? null : html`${strips(one, id)}${hopList(path)}`;
  if (way === null && past === null) return html`<p class="path">${head}</p>`;
  return html`<details class="path"${open ? html` open` : null}><summary>${head}</summary>${way}${past}</details>`;
}

/** Every hop of which something was seen; those of which nothing more is to be told share a line, as do those behind the broken one. */
function hopList(path: readonly Step[]): Markup {
  const shown = path.filter(({ state, shows }) => state !== 'unknown' || shows.length > 0);
  const lines: Step[][] = [];
  for (const step of shown) {
    const last = lines.at(-1)?.[0];
    const alike = last?.state === step.state && last.shows.length === 0 && step.shows.length === 0;
    if (alike) lines.at(-1)?.push(step);
    else lines.push([step]);
  }
  return html`<ol class="hops">${lines.map((steps) => hopItem(steps))}</ol>`;
}
function hopItem(steps: readonly Step[]): Markup {
  const { state, shows } = steps[0] as Step;
  const told = html`<strong>${list(steps.map(({ hop }) => hop))}</strong> <span class="state ${toneOf[state]}">${stateWords[state]}</span>`;
  return html`<li>${mark(toneOf[state])} <span>${told}${shows.length === 0 ? null : items(shows)}</span></li>`;
}

/** One for wide windows and paper, one for narrow windows: a drawing that is scaled down cannot be read. */
function strips(one: CheckedApiService, id: string): Markup {
  // That nothing else is held up is no stop.
  const path = one.path.filter(({ hop, state }) => hop !== 'effects' || state !== 'unknown');
  const said = {
    title: `The path of a request through ${one.name}: ${serviceWords(one)}`,
    desc: path.map(({ hop, state }) => `${hop}: ${stateWords[state]}`).join('; '),
  };
  return html`${strip(path, `${id}-wide`, said, { className: 'wide', perRow: path.length })}${strip(path, `${id}-narrow`, said, { className: 'narrow', perRow: 4 })}`;
}

const row = 56;

function strip(
  path: readonly Step[],
  id: string,
  said: { readonly title: string; readonly desc: string },
  { className, perRow }: { readonly className: 'wide' | 'narrow'; readonly perRow: number },
): Markup {
  const cell = className === 'wide' ? 820 / path.length : 72;
  const width = perRow * cell;
  const isSeen = (index: number) => !['behind', 'unknown'].includes(path[index]?.state ?? 'unknown');
  const line = (from: number, to: number, y: number, seen: boolean) =>
    html`<path class="way ${seen ? 'ok' : 'none'}" d="M${from} ${y}H${to}"/>`;
  const stops = path.map(({ hop, state }, index) => {
    const [column, x, y] = [index % perRow, Math.round((index % perRow) * cell + cell / 2), Math.floor(index / perRow) * row + 18];
    // Where a row ends, the line goes on at the beginning of the next.
    const from = column === 0 ? 0 : Math.round(x - cell + 12);
    const into = index === 0 ? null : line(from, x - 12, y, isSeen(index) && isSeen(index - 1));
    const on = column + 1 === perRow && index + 1 < path.length ? line(x + 12, width, y, isSeen(index) && isSeen(index + 1)) : null;
    return html`${into}${on}${sign(toneOf[state], x, y)}<text class="stop ${toneOf[state]}" x="${x}" y="${y + 26}" text-anchor="middle">${hop}</text>`;
  });
  return drawing(id, said, { width, height: Math.ceil(path.length / perRow) * row, className }, stops);
}
