/** The map of trust as a drawing: the hops of a request, and below them why extension servers trust kube-apiserver. */
import { list } from '../../format.ts';
import type { CheckedApiService, Hop, Report } from '../../model.ts';
import { html, type Section, type Tone } from './markup.ts';
import { serviceWords, toneOfService } from './path.ts';
import type { BoxLine } from './svg.ts';
import { type Drawn, type Fact, narrow, type Said, type Server, wide } from './trust-drawing.ts';

/** Of a row of boxes more would not be read. */
const most = 6;

/** null when nothing is known, not even whether kube-apiserver answers. */
export function trustSection(report: Report, apiservices: readonly CheckedApiService[]): Section | null {
  const { cluster, trust } = report;
  if (!cluster && !trust) return null;
  const drawn: Drawn = {
    address: cluster?.server ?? '',
    reaches: cluster ? (cluster.unreachable === undefined ? 'ok' : 'error') : 'none',
    apiservers: apiserverLines(report),
    servers: serversOf(apiservices, report),
    frontProxy: report.drawings?.presentsForeign ? 'error' : toneOfHop(apiservices, 'front proxy'),
    presents: isOutdated(report) ? 'error' : 'none',
    trust: trustFacts(report),
  };
  const facts = factsOf(drawn, report);
  const said: Said = { title: 'Map of trust', desc: facts.map(([term, text]) => `${term}: ${text}`).join('; ') };
  const body = html`<figure>${wide(drawn, said)}${narrow(drawn, said)}<figcaption class="intro">kube-apiserver forwards a request with the name of the user in headers, and presents its front-proxy certificate. An extension API server accepts that name only if a CA that it trusts signed the certificate, and the name in the certificate is allowed.</figcaption></figure>
<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
  return { id: 'trust', title: 'Map of trust', body };
}

const isOutdated = ({ certificates }: Report): boolean =>
  certificates?.some(({ name, state }) => name === 'front-proxy client' && (state === 'expired' || state === 'not-yet-valid')) ?? false;

function toneOfHop(apiservices: readonly CheckedApiService[], hop: Hop): Tone {
  const states = apiservices.flatMap(({ path }) => path.filter((step) => step.hop === hop).map(({ state }) => state));
  if (states.includes('broken')) return 'error';
  if (states.includes('remark')) return 'warning';
  return states.includes('passed') ? 'ok' : 'none';
}

/** A kube-apiserver is marked where a problem is its own. */
function apiserverLines({ apiservers, findings }: Report): readonly BoxLine[] {
  const all = apiservers.map(({ name }): BoxLine => {
    const own = findings.filter(({ subject }) => subject.scope === 'apiserver' && subject.name === name);
    const worst = own.find(({ severity }) => severity === 'error') ?? own.find(({ severity }) => severity === 'warning');
    return { text: name, className: 'code', ...(worst && { tone: worst.severity }) };
  });
  const [marked, rest] = [all.filter(({ tone }) => tone), all.filter(({ tone }) => !tone)];
  const shown = [...marked, ...rest].slice(0, all.length > most ? most - 1 : most);
  const more = all.length - shown.length;
  return [...all.filter((one) => shown.includes(one)), ...(more > 0 ? [{ text: `and ${more} more` }] : [])];
}

/** A server may serve several APIServices; it fails when one of them does. */
function serversOf(apiservices: readonly CheckedApiService[], { cluster, trust, unavailable }: Report): readonly Server[] {
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
      tone: rest[0]?.tone ?? 'none',
      lines: [{ text: `${rest.length} more${failing > 0 ? `, ${failing} of them broken` : ''}` }],
    });
  }
  const isListed = cluster?.unreachable === undefined && !unavailable.some(({ fact }) => fact === 'apiservice');
  if (drawn.length > 0 || (isListed && trust?.extensionServers.total === 0)) return drawn;
  return [{ tone: 'none', lines: [{ text: 'extension servers: not visible from here', most: 2 }] }];
}

function factsOf({ servers, trust }: Drawn, { apiservers, cluster }: Report): readonly Fact[] {
  const named = servers.map(({ lines }) => lines.map(({ text }) => text).join(' ')).join('; ');
  return [
    ['You reach kube-apiserver', cluster ? (cluster.unreachable === undefined ? 'yes' : 'no') : 'not tried'],
    ['kube-apiserver', list(apiservers.map(({ name }) => name)) || (cluster?.server ?? 'not visible from here')],
    ['extension servers', named || 'none'],
    ...trust,
  ];
}
function trustFacts({ trust, certificates = [] }: Report): readonly Fact[] {
  if (!trust) return [];
  const { presents, signedBy, trusted, allowedNames } = trust;
  const others = certificates.filter(({ name }) => name === 'front-proxy client').length - 1;
  const known = (text: string | null) => text ?? 'not visible from here';
  return [
    ['presents', `${known(presents)}${others > 0 ? `; and ${others} more, see Certificates` : ''}`],
    ['signed by', known(signedBy)],
    ['trusted', known(trusted)],
    ['allowed names', allowedNames === null ? known(null) : allowedNames.join(', ') || 'any name'],
  ];
}
