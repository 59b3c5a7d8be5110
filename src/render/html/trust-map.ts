/** The map of trust as a drawing: who sends requests to whom, and below that why extension servers trust kube-apiserver. */
import { list } from '../../format.ts';
import type { CheckedApiService, Hop, Report, Trust } from '../../model.ts';
import { html, type Markup, type Section, type Tone } from './markup.ts';
import { serviceWords, toneOfService } from './path.ts';
import { arrow, type Box, type BoxLine, box, drawing } from './svg.ts';

/** Of a row of boxes more would not be read. */
const most = 6;

interface Drawn {
  readonly report: Report;
  readonly reaches: Tone;
  readonly apiservers: readonly BoxLine[];
  readonly servers: readonly Server[];
  /** Whether extension servers accept kube-apiserver as front proxy. */
  readonly frontProxy: Tone;
}
interface Server {
  readonly name: string;
  readonly tone: Tone;
  readonly lines: readonly BoxLine[];
}

/** null when nothing is known, not even whether kube-apiserver answers. */
export function trustSection(report: Report, apiservices: readonly CheckedApiService[]): Section | null {
  const { cluster, trust } = report;
  if (!cluster && !trust) return null;
  const drawn = {
    report,
    reaches: cluster ? (cluster.unreachable === undefined ? 'ok' : 'error') : 'none',
    apiservers: apiserverLines(report),
    servers: serversOf(apiservices, trust),
    frontProxy: toneOfHop(apiservices, 'front proxy'),
  } as const;
  const facts = factsOf(drawn);
  const said = { title: 'Map of trust', desc: facts.map(([term, text]) => `${term}: ${text}`).join('; ') };
  const body = html`<figure>${wide(drawn, said)}${narrow(drawn, said)}<figcaption class="intro">kube-apiserver passes a request on with the user's name in headers, and presents its front-proxy certificate. An extension server believes it only if a CA that it trusts signed that certificate, and its name is allowed.</figcaption></figure>
<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
  return { id: 'trust', title: 'Map of trust', body };
}

function toneOfHop(apiservices: readonly CheckedApiService[], hop: Hop): Tone {
  const states = apiservices.flatMap(({ path }) => path.filter((step) => step.hop === hop).map(({ state }) => state));
  if (states.includes('broken')) return 'error';
  if (states.includes('remark')) return 'warning';
  return states.includes('passed') ? 'ok' : 'none';
}

/** Of a kube-apiserver a problem is told where it is its own. */
function apiserverLines({ apiservers, findings }: Report): readonly BoxLine[] {
  const toneOf = (name: string): Tone => {
    const own = findings.filter(({ subject }) => subject.scope === 'apiserver' && subject.name === name).map(({ severity }) => severity);
    return own.includes('error') ? 'error' : own.includes('warning') ? 'warning' : 'ok';
  };
  const all = apiservers.map(({ name }) => ({ name, tone: toneOf(name) }));
  const shown = all.toSorted((a, b) => Number(a.tone === 'ok') - Number(b.tone === 'ok')).slice(0, all.length > most ? most - 1 : most);
  const rest = all.length - shown.length;
  const named = all
    .filter((one) => shown.includes(one))
    .map(({ name, tone }) => ({ text: name, tone: tone === 'ok' ? ('none' as const) : tone }));
  return [
    ...named.map(({ text, tone }) => ({ text, className: 'code', ...(tone !== 'none' && { tone }) })),
    ...(rest > 0 ? [{ text: `and ${rest} more` }] : []),
  ];
}

/** A server may serve several APIServices; it fails when one of them does. */
function serversOf(apiservices: readonly CheckedApiService[], trust: Trust | null): readonly Server[] {
  const names = [...new Set(apiservices.flatMap(({ servedBy, path }) => (path.length > 0 && servedBy !== null ? [servedBy] : [])))];
  const order: readonly Tone[] = ['error', 'warning', 'none', 'ok'];
  const all = names
    .map((name) => {
      const served = apiservices
        .filter(({ servedBy }) => servedBy === name)
        .toSorted((a, b) => order.indexOf(toneOfService(a)) - order.indexOf(toneOfService(b)));
      const tone = served[0] ? toneOfService(served[0]) : 'none';
      return { name: name.replace(/^Service /, ''), tone, words: served[0] ? serviceWords(served[0]) : '' };
    })
    .toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone));
  const shown = all.slice(0, all.length > most ? most - 1 : most);
  const drawn = shown.map(
    ({ name, tone, words }): Server => ({
      name,
      tone,
      lines: [
        { text: name, className: 'code', tone, most: 2 },
        { text: words, most: 2 },
      ],
    }),
  );
  const rest = all.slice(shown.length);
  if (rest.length > 0) {
    const failing = rest.filter(({ tone }) => tone === 'error').length;
    drawn.push({
      name: '',
      tone: rest[0]?.tone ?? 'none',
      lines: [{ text: `${rest.length} more${failing > 0 ? `, ${failing} of them broken` : ''}` }],
    });
  }
  if (drawn.length > 0 || trust?.extensionServers.total === 0) return drawn;
  return [{ name: '', tone: 'none', lines: [{ text: 'extension servers: not visible from here', most: 2 }] }];
}

type Fact = readonly [term: string, text: string];
function factsOf({ report: { apiservers, cluster, trust }, servers }: Drawn): readonly Fact[] {
  const named = servers.map(({ lines }) => lines.map(({ text }) => text).join(' ')).join('; ');
  return [
    ['You reach kube-apiserver', cluster ? (cluster.unreachable === undefined ? 'yes' : 'no') : 'not tried'],
    ['kube-apiserver', list(apiservers.map(({ name }) => name)) || (cluster?.server ?? 'not visible from here')],
    ['extension servers', named || 'none'],
    ...trustFacts(trust),
  ];
}
const trustFacts = (trust: Trust | null): readonly Fact[] =>
  trust
    ? [
        ['presents', trust.presents ?? 'not visible from here'],
        ['signed by', trust.signedBy ?? 'not visible from here'],
        ['trusted', trust.trusted ?? 'not visible from here'],
        ['allowed names', trust.allowedNames === null ? 'not visible from here' : trust.allowedNames.join(', ') || 'any name'],
      ]
    : [];

const you: readonly BoxLine[] = [{ text: 'you', className: 'strong' }];
const apiserverBox = ({ apiservers, report }: Drawn, x: number, y: number, width: number): Box => {
  const tone: Tone = apiservers.some((one) => one.tone === 'error') ? 'error' : 'none';
  const lines = apiservers.length > 0 ? apiservers : [{ text: report.cluster?.server ?? '', className: 'code', most: 2 }];
  return box(x, y, width, tone, [{ text: 'kube-apiserver', className: 'strong' }, ...lines]);
};
const cards = ({ report: { trust }, frontProxy }: Drawn): readonly { readonly tone: Tone; readonly lines: readonly BoxLine[] }[] => {
  const [presents, signedBy, trusted, allowed] = trustFacts(trust).map(([term, text]) => [
    { text: term, className: 'label' },
    { text, className: 'code', most: 4 },
  ]);
  return [
    { tone: 'none', lines: presents ?? [] },
    { tone: 'none', lines: signedBy ?? [] },
    { tone: frontProxy === 'error' ? 'error' : 'none', lines: [...(trusted ?? []), ...(allowed ?? [])] },
  ];
};

/** Boxes in a row, and below them the chain of trust from left to right. */
function wide(drawn: Drawn, said: { readonly title: string; readonly desc: string }): Markup {
  const width = 820;
  const servers: Box[] = [];
  for (const { tone, lines } of drawn.servers) servers.push(box(550, bottomOf(servers) + (servers.length > 0 ? 12 : 0), 270, tone, lines));
  const height = Math.max(bottomOf(servers), 0);
  const placed = apiserverBox(drawn, 190, 0, 230);
  const server = apiserverBox(drawn, 190, Math.max(0, (height - placed.height) / 2), 230);
  const middle = server.y + server.height / 2;
  const first = box(0, middle - 19, 90, 'none', you);
  const ways = servers.map((to, index) => arrow(drawn.servers[index]?.tone ?? 'none', [420, middle], [548, to.y + to.height / 2]));
  const top = Math.max(height, server.y + server.height) + 36;
  const drawnCards = drawn.report.trust ? cards(drawn).map(({ tone, lines }, index) => ({ index, tone, lines })) : [];
  const measured = drawnCards.map(({ index, tone, lines }) => box(index * 290, top, 240, tone, lines));
  const level = top + 40;
  const links = measured.length < 3 ? [] : [arrow('none', [240, level], [288, level]), arrow(drawn.frontProxy, [530, level], [578, level])];
  return drawing('trust-wide', said, { width, height: Math.max(bottomOf(measured), top - 36) + 2, className: 'wide' }, [
    ...[first, server, ...servers].map(({ markup }) => markup),
    arrow(drawn.reaches, [90, middle], [188, middle]),
    ...ways,
    ...measured.map(({ markup }) => markup),
    ...links,
  ]);
}
const bottomOf = (boxes: readonly Box[]): number => Math.max(0, ...boxes.map(({ y, height }) => y + height));

/** The same from top to bottom. */
function narrow(drawn: Drawn, said: { readonly title: string; readonly desc: string }): Markup {
  const width = 328;
  const gap = 40;
  const placed: Box[] = [box(0, 0, width, 'none', you)];
  const next = (space: number) => bottomOf(placed) + space;
  placed.push(apiserverBox(drawn, 0, next(gap), width));
  const ways = [arrow(drawn.reaches, [40, next(0) - (placed[1]?.height ?? 0) - gap], [40, next(0) - (placed[1]?.height ?? 0) - 2])];
  const worst = drawn.servers[0]?.tone;
  if (worst) ways.push(arrow(worst, [40, next(0)], [40, next(gap) - 2]));
  for (const [index, { tone, lines }] of drawn.servers.entries()) placed.push(box(0, next(index === 0 ? gap : 8), width, tone, lines));
  for (const [index, { tone, lines }] of (drawn.report.trust ? cards(drawn) : []).entries()) {
    if (index > 0) ways.push(arrow(index === 2 ? drawn.frontProxy : 'none', [40, next(0)], [40, next(gap) - 2]));
    placed.push(box(0, next(index === 0 ? 28 : gap), width, tone, lines));
  }
  return drawing('trust-narrow', said, { width, height: next(2), className: 'narrow' }, [...placed.map(({ markup }) => markup), ...ways]);
}
