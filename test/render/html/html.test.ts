/** `-o html` of recorded clusters, of a hostile one, and of situations that no recording has. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CertificateItem, CheckedApiService, Finding, Report } from '../../../src/model.ts';
import { hops } from '../../../src/model.ts';
import { renderHtml } from '../../../src/render/html/index.ts';
import { wrapped } from '../../../src/render/html/svg.ts';
import { reports } from '../reports.ts';
import { elementsOf } from './elements.ts';
import { evil, poisoned, recorded } from './reports.ts';

const names = [
  'healthy-several',
  'front-proxy-client-expired',
  'several-pair-of-another-ca',
  'serving-certificate-expired-and-other-names',
  'laptop-several-names-differ',
  'eks-healthy',
  'server-certificate-expired',
  'custom-metrics-two-providers-healthy',
];
const textsOf = (page: string, name: string, className?: string) =>
  elementsOf(page)
    .filter((one) => one.name === name && (className === undefined || (one.attributes.class ?? '').split(' ').includes(className)))
    .map(({ text }) => text);
const sectionOf = (page: string, title: string) =>
  elementsOf(page).find(({ name, text }) => name === 'section' && text.startsWith(title))?.text;

/** Laws of every page. */
function check(page: string): void {
  const elements = elementsOf(page);
  const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { attributes, text } of elements) {
    const refers = [attributes['aria-labelledby'], attributes['aria-describedby'], attributes.href?.replace(/^#/, '')];
    for (const one of refers) if (one !== undefined) expect(ids).toContain(one);
    expect(attributes.href ?? '#').toMatch(/^#/);
    expect(Object.keys(attributes).filter((key) => /^(?:on|style|src|srcset|action|xlink)/.test(key))).toEqual([]);
    if (attributes.role === 'img') expect(text).not.toBe('');
    for (const key of ['x', 'y', 'width', 'height', 'd', 'x1', 'x2', 'viewBox'])
      expect(attributes[key] ?? '').not.toMatch(/NaN|Infinity|undefined/);
  }
  const policy = elements.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')?.attributes.content;
  const hashOf = (of: string) => `'sha256-${createHash('sha256').update(textsOf(page, of).join('')).digest('base64')}'`;
  expect(policy).toBe(
    `default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; base-uri 'none'; form-action 'none'`,
  );
  const levels = elements.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
  expect(levels.filter((level) => level === 1)).toEqual([1]);
  for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  expect(page.endsWith('</html>\n')).toBe(true);
}

describe.each(names)('%s', (name) => {
  test('is one page that loads nothing, with the verdict first', async () => {
    const report = await recorded(name);
    const page = renderHtml(report);
    check(page);
    const [verdict = ''] = textsOf(page, 'h1');
    expect(page.indexOf('<h1>')).toBeLessThan(page.indexOf('<main>'));
    const { error, warning } = report.summary;
    if (report.findings.length === 0) expect(verdict).toMatch(/^Healthy/);
    else
      for (const [count, word] of [
        [error, 'error'],
        [warning, 'warning'],
      ] as const)
        expect(verdict.includes(`${count} ${word}`)).toBe(count > 0);
  });

  test('shows every finding, command, APIService and certificate', async () => {
    const report = await recorded(name);
    const page = renderHtml(report);
    expect(textsOf(page, 'article').length).toBe(report.findings.length);
    expect(textsOf(page, 'pre')).toEqual(report.findings.flatMap(({ fix }) => fix.commands));
    const findings = sectionOf(page, 'Findings') ?? '';
    for (const { id, message, evidence } of report.findings)
      for (const one of [id, message, ...evidence]) expect(findings).toContain(one.replaceAll('`', ''));
    const { certificates = [] } = report;
    const { apiservices = [] } = report.drawings ?? {};
    expect(
      textsOf(page, 'summary')
        .map((text) => text.trim().split(' ')[0])
        .sort(),
    ).toEqual(apiservices.map((one) => one.name).sort());
    expect(textsOf(page, 'title').filter((text) => text.startsWith('Lifetime of ')).length).toBe(certificates.length);
    expect(certificates.length).toBeGreaterThan(0);
    const seen = textsOf(page, 'body')[0]?.replaceAll('`', '');
    for (const { message } of report.unavailable) expect(seen).toContain(message.replaceAll('`', ''));
    expect(sectionOf(page, 'Not checked') !== undefined).toBe(report.unavailable.length > 0);
  });
});

test('an APIService is drawn with its stops, and where it breaks', async () => {
  const page = renderHtml(await recorded('front-proxy-client-expired'));
  const [title] = textsOf(page, 'title').filter((text) => text.startsWith('The path of a request'));
  expect(title).toBe('The path of a request through v1alpha1.wardle.example.com: breaks at front proxy');
  const [said] = textsOf(page, 'desc').filter((text) => text.startsWith('registration'));
  expect(said).toContain('TLS: passed; front proxy: broken; delegation: not checked, because the request does not get there');
  const stops = textsOf(page, 'text', 'stop');
  const [wide, narrow] = [stops.slice(0, stops.length / 2), stops.slice(stops.length / 2)];
  expect(wide).toEqual(hops.slice(0, -1));
  expect(narrow).toEqual(wide);
});

test('of several kube-apiservers the faulty one is marked, and a certificate that no trusted CA signed is rejected', async () => {
  const page = renderHtml(await recorded('several-pair-of-another-ca'));
  const labels = textsOf(page, 'text', 'label').filter((text) => /accepted|rejected/.test(text));
  expect(labels).toEqual(['rejected', 'rejected']);
  const [healthy] = textsOf(renderHtml(await recorded('healthy-several')), 'text', 'label').filter((text) =>
    /accepted|rejected/.test(text),
  );
  expect(healthy).toBe('accepted');
  const svg = page.slice(page.indexOf('id="trust-wide-title"'));
  expect(svg).toMatch(
    /<text class="code" x="\d+" y="[\d.]+">cp-1<\/text><use class="mark error" [^>]*\/><text class="code" x="\d+" y="[\d.]+">cp-2<\/text>/,
  );
});

describe('hostile values', () => {
  test.each(['front-proxy-client-expired', 'serving-certificate-expired-and-other-names', 'several-pair-of-another-ca'])(
    '%s: are shown, and are no markup',
    async (name) => {
      const report = await recorded(name, { targetVersion: '1.39' });
      const page = renderHtml(poisoned(report));
      check(page);
      const kinds = (of: string) => [...new Set(elementsOf(of).map((one) => `${one.name} ${Object.keys(one.attributes).sort()}`))].sort();
      expect(kinds(page)).toEqual(kinds(renderHtml(report)));
      expect(textsOf(page, 'script').length).toBe(1);
      // Line feeds are ours.
      expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      const [message] = textsOf(page, 'p', 'message');
      expect(message).toContain('</script>');
      expect(message).toContain('\\x1b[31m\\u202e\\u200f\\u2066\\r\\n');
      // A command is copied as it is shown.
      expect(textsOf(page, 'pre')[0]).toContain(`${evil.slice(0, 40)}`);
    },
  );
});

test('a report without drawings has neither paths nor certificates', async () => {
  const { drawings: _, certificates: __, ...report } = await recorded('front-proxy-client-expired');
  const page = renderHtml(report);
  check(page);
  expect(sectionOf(page, 'Certificates')).toBeUndefined();
  expect(sectionOf(page, 'Request paths')).toBeUndefined();
  expect(sectionOf(page, 'Map of trust')).toContain('CN=front-proxy-client');
});

test('what is suppressed is told with its reason, and healthy is not claimed', async () => {
  const { findings, ...report } = await recorded('front-proxy-client-expired');
  const suppression = { reason: 'renewed on Monday <b>', until: '2026-12-01', at: { file: '.aggctl.yaml', line: 3 } };
  const suppressed = findings.map((one) => ({ ...one, suppression }));
  const page = renderHtml({ ...report, findings: [], suppressed, suppressions: '.aggctl.yaml' });
  check(page);
  expect(sectionOf(page, 'Suppressed')).toContain('renewed on Monday <b>, until 2026-12-01');
  expect(textsOf(page, 'h1')[0]).not.toMatch(/^Healthy/);
});

describe.each(Object.entries(reports))('by hand: %s', (_, report) => {
  test('is a page', () => check(renderHtml(report)));
});
test('says of what was not reached that nothing is known, and why', () => {
  const page = renderHtml(reports.unreachable as Report);
  expect(textsOf(page, 'h1')).toEqual(['Nothing could be checked, so this report says nothing about the cluster.']);
  expect(sectionOf(page, 'Map of trust')).toContain('extension servers: not visible from here');
  expect(textsOf(page, 'p', 'notice').join()).toMatch(/^Cannot reach kube-apiserver: https:\/\/10\.0\.0\.5:6443 refused/);
});

describe('the timeline', () => {
  const today = '2026-07-01T00:00:00.000Z';
  const lifetime = (parts: Partial<CertificateItem>): CertificateItem => ({
    role: 'caBundle',
    serial: { decimal: '1', hex: '01' },
    key: 'RSA 2048',
    signatureAlgorithm: 'sha256WithRSAEncryption',
    fingerprint: 'AB',
    residual: 0,
    nodes: [],
    name: 'caBundle',
    subject: 'CN=a',
    issuer: 'CN=b',
    places: ['here'],
    trustedBy: 'kube-apiserver',
    notBefore: '2026-01-01T00:00:00.000Z',
    expires: '2027-01-01T00:00:00.000Z',
    warnsFrom: '2026-12-02T00:00:00.000Z',
    failsFrom: null,
    state: 'valid',
    ignored: null,
    ...parts,
  });
  const drawn = (...certificates: CertificateItem[]) =>
    renderHtml({
      ...(reports.healthy as Report),
      certificates,
      drawings: { now: today, presentsForeign: false, apiservices: [] },
    });
  const spans = (page: string) =>
    elementsOf(page)
      .filter(({ name, attributes }) => name === 'rect' && attributes.class?.startsWith('span '))
      .map(({ attributes }) => [
        attributes.class?.slice(5),
        Number.parseFloat(attributes.x ?? ''),
        Number.parseFloat(attributes.width ?? ''),
      ]);

  test('has today at its place, and the warning and the error before the end', () => {
    const page = drawn(lifetime({ failsFrom: '2026-12-25T00:00:00.000Z' }));
    const [line] = elementsOf(page).filter(({ name, attributes }) => name === 'line' && attributes.class === 'today');
    expect(Number.parseFloat(line?.attributes.x1 ?? '')).toBeCloseTo((182 / 730) * 100, 1);
    // 730 days are the whole width: half a year is a quarter of it.
    expect(spans(page)).toEqual([
      ['ok', 0.14, 45.89],
      ['warning', 46.03, 3.15],
      ['error', 49.18, 0.96],
    ]);
    expect(textsOf(page, 'desc').at(-1)).toBe('From 2026-01-01 to 2027-01-01; a warning is due from 2026-12-02, an error from 2026-12-25.');
    check(page);
  });
  test('is red after the end, and shows since when', () => {
    const page = drawn(lifetime({ expires: '2026-06-01T00:00:00.000Z', warnsFrom: '2026-05-02T00:00:00.000Z', state: 'expired' }));
    expect(spans(page).map(([tone]) => tone)).toEqual(['expired', 'gap']);
    expect(textsOf(page, 'div', 'ends')[0]).toContain('expired 2026-06-0130d ago');
  });
  test('one whose dates do not count is grey, and says why', () => {
    const page = drawn(lifetime({ ignored: 'nobody verifies it', state: 'expired' }));
    expect(spans(page).map(([tone]) => tone)).toEqual(['none']);
    expect(sectionOf(page, 'Certificates')).toContain('Its dates do not count: nobody verifies it.');
  });
  test('what ends outside of it ends at its edge; the first to end comes first', () => {
    const page = drawn(
      lifetime({ name: 'later', expires: '2036-01-01T00:00:00.000Z', warnsFrom: '2035-12-01T00:00:00.000Z' }),
      lifetime({
        name: 'long ago',
        notBefore: '2020-01-01T00:00:00.000Z',
        expires: '2021-01-01T00:00:00.000Z',
        warnsFrom: '2020-12-01T00:00:00.000Z',
        state: 'expired',
      }),
      lifetime({ name: 'not yet', notBefore: '2026-08-01T00:00:00.000Z', state: 'not-yet-valid' }),
    );
    expect(textsOf(page, 'h3').slice(-3)).toEqual(['long ago', 'not yet', 'later']);
    expect(spans(page)[0]).toEqual(['gap', 0, 24.93]);
    expect(spans(page).at(-1)).toEqual(['ok', 0.14, 99.86]);
    expect(textsOf(page, 'div', 'ends')[1]).toContain('not yet valid; to 2027-01-01');
  });
});

describe('many APIServices', () => {
  const passing = hops.map((hop) => ({ hop, state: 'passed', shows: [] }) as const);
  const one = (name: string, parts: Partial<CheckedApiService> = {}): CheckedApiService => ({
    name,
    state: 'serves',
    servedBy: `Service ns/${name}`,
    path: passing,
    ...parts,
  });
  const broken = passing.map((step) => (step.hop === 'TLS' ? ({ ...step, state: 'broken' } as const) : step));
  const drawn = (apiservices: readonly CheckedApiService[]) =>
    renderHtml({
      ...(reports.healthy as Report),
      drawings: { now: '2026-07-01T00:00:00.000Z', presentsForeign: false, apiservices },
    });

  test('the broken ones come first and are open; the map names some servers and counts the rest', () => {
    const page = drawn([...Array.from({ length: 20 }, (_, index) => one(`v1.g${index}`)), one('v1.bad', { path: broken, state: 'fails' })]);
    check(page);
    const details = elementsOf(page).filter(({ name }) => name === 'details');
    expect(details.filter(({ attributes }) => 'open' in attributes).map(({ text }) => text.trim().split(' ')[0])).toEqual(['v1.bad']);
    expect(details[0]?.text).toContain('v1.bad breaks at TLS');
    expect(sectionOf(page, 'Map of trust')).toContain('ns/v1.bad breaks at TLS');
    expect(sectionOf(page, 'Map of trust')).toContain('16 more');
  });
  test('one that answers and breaks all the same is no success; a local one has no path', () => {
    const page = drawn([one('v1.a', { path: broken }), one('v1.b', { state: 'local', servedBy: 'kube-apiserver itself', path: [] })]);
    expect(textsOf(page, 'summary')).toEqual([' v1.a answers, but breaks at TLS Service ns/v1.a']);
    expect(textsOf(page, 'p', 'path')).toEqual([' v1.b local: no Service, no extension server kube-apiserver itself']);
  });
});

test('a remark is never what is to be fixed first', () => {
  const [finding] = reports['several-findings']?.findings ?? [];
  const page = renderHtml({
    ...(reports.healthy as Report),
    findings: [{ ...(finding as Finding), severity: 'info' }],
    summary: { ...(reports.healthy as Report).summary, info: 1 },
  });
  expect(page.toLowerCase()).not.toContain('fix this first');
  expect(textsOf(page, 'h1')).toEqual(['1 remark']);
});

describe('text in a drawing', () => {
  test.each([
    ['one two three', 7, 3, ['one two', 'three']],
    ['one two three', 7, 1, ['one tw…']],
    ['abcdefghij', 4, 3, ['abcd', 'efgh', 'ij']],
    ['監視監視', 4, 2, ['監視', '監視']],
    ['監視監視監視', 4, 2, ['監視', '監…']],
    ['', 4, 2, ['']],
  ])('%j in %i columns, %i lines', (text, columns, most, lines) => expect(wrapped(text, columns, most)).toEqual(lines));
});
