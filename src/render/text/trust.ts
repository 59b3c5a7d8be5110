/** The map of trust: each hop with its state, and below it what is presented and what is trusted. */

import { list, plural } from '../../format.ts';
import type { Report, Trust } from '../../model.ts';
import { columnsOf, field, type Page } from '../layout.ts';

/** Empty when nothing is known, not even whether kube-apiserver answers. */
export function trustMap(report: Report, page: Page): string[] {
  const { cluster, trust } = report;
  return cluster || trust ? [...hops(report, page), ...(trust ? pair(trust, page) : [])] : [];
}

function arrow(sign: 'ok' | 'error' | 'none', label: string | null, { paint, symbols }: Page): string {
  const text = sign === 'none' ? '?' : symbols[sign];
  const painted = sign === 'none' ? text : paint[sign](label ? `${text} ${label}` : text);
  return `${symbols.line}${painted}${symbols.line}${symbols.head}`;
}

/** On one line if it fits, else one hop per line. A fork has a line for each branch. */
function hops(report: Report, page: Page): string[] {
  const names = report.apiservers.map(({ name }) => name);
  const server = names.length > 3 ? plural(names.length, 'kube-apiserver') : ['kube-apiserver', list(names)].join(' ').trim();
  const way = reached(report);
  const stops = way === null ? [server] : ['you', `${arrow(way ? 'ok' : 'error', null, page)} ${server}`];
  const ends = report.trust ? branches(report, report.trust, page) : [];
  const trunk = stops.join(' ');
  const widest = Math.max(0, ...ends.map(columnsOf));
  if (columnsOf(trunk) + widest + 3 > page.width) return [...stops, ...ends].map((stop) => `  ${stop}`);
  const forks = ends.length === 0 ? [''] : ends;
  return forks.map((end, index) => `  ${index === 0 ? trunk : ' '.repeat(columnsOf(trunk))} ${end}`.trimEnd());
}

/** Whether kube-apiserver answered; null if no request was sent. */
const reached = ({ cluster }: Report): boolean | null => cluster && cluster.unreachable === undefined;

function branches(report: Report, { extensionServers: servers }: Trust, page: Page): string[] {
  if (report.cluster?.unreachable !== undefined || report.unavailable.some(({ fact }) => fact === 'apiservice'))
    return [`${arrow('none', null, page)} extension servers`];
  if (servers.total === 0) return [];
  const all = plural(servers.total, 'extension server');
  if (servers.serving === servers.total) return [`${arrow('ok', null, page)} ${all}`];
  const unknown = servers.total - servers.serving - servers.failing;
  const ends = [
    { count: servers.failing, way: arrow('error', servers.failure, page), remark: '' },
    { count: unknown, way: arrow('none', null, page), remark: ' not known' },
    { count: servers.serving, way: arrow('ok', null, page), remark: '' },
  ].filter(({ count }) => count > 0);
  return ends.map(({ count, way, remark }, index) => `${way} ${count} of ${index === 0 ? all : servers.total}${remark}`);
}

function pair({ presents, signedBy, trusted, allowedNames }: Trust, page: Page): string[] {
  const rows = [
    { label: 'presents', text: presents ?? 'not visible from here' },
    { label: 'signed by', text: signedBy },
    { label: 'trusted', text: trusted },
    { label: 'allowed', text: allowedNames && (allowedNames.join(', ') || 'any name') },
  ];
  return rows.flatMap(({ label, text }) => (text === null ? [] : field(label, [text], page, { indent: 4 })));
}
