/** The formats for tickets, CI, code scanning and monitoring: of real reports, and of one in which every text is hostile, read by parsers that others wrote. */
import { posix } from 'node:path';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { lexer, type Token } from 'marked';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { counted, lowestFailing } from '../../src/exit-code.ts';
import type { ClusterReports, Finding, Report } from '../../src/model.ts';
import { renderClustersJunit, renderJunit } from '../../src/render/junit.ts';
import { renderClustersMarkdown, renderMarkdown } from '../../src/render/markdown.ts';
import { renderCertificateMetrics, renderClusterMetrics, renderReportMetrics } from '../../src/render/prometheus.ts';
import { sanitize } from '../../src/render/sanitize.ts';
import { renderClustersSarif, renderSarif } from '../../src/render/sarif.ts';
import { aggctl } from '../cli/aggctl.ts';
import { diagnosed } from '../support/diagnosed.ts';
import { optionsOf, scenarios } from '../support/scenarios.ts';

const evil =
  '</testcase>]]>&amp;"\'\u0000\u001b[31m\u202e\n- [x](javascript:alert(1)) `<img src=x>` @everyone #1 | a | b |\n# h https://e.example www.e.example \\ ```\n';
const kept = ['schemaVersion', 'kind', 'severity', 'scope', 'id', 'capturedAt', 'expires', 'failOn'];
const poisoned = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return kept.includes(key) ? value : `${evil}${value}${evil}`;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)]));
};

const reports: Report[] = [];
let report: Report;
let hostile: Report;
beforeAll(async () => {
  // One in nine, which are of all kinds: they stand in the order of their names.
  const some = scenarios.filter(({ name }, index) => index % 9 === 0 || name === 'konnectivity-grpc-server-stopped');
  for (const one of some) reports.push(await diagnosed(one.snapshots, optionsOf(one)));
  report = reports.find(({ source }) => source.includes('konnectivity-grpc-server-stopped')) as Report;
  hostile = poisoned(report) as Report;
  reports.push(hostile);
});

/** Several clusters, of which one has suppressed findings; names, reasons and the file are hostile. */
function several(): ClusterReports {
  const suppression = { reason: evil, until: null, at: { file: evil, line: 3 } };
  const suppressed = hostile.findings.map((one) => ({ ...one, suppression }));
  const clusters = [
    { context: `${evil}a`, verdict: 'errors', select: [], report: { ...hostile, suppressions: evil, suppressed } },
    { context: `${evil}b`, verdict: 'errors', select: [], report },
    { context: `${evil}c`, verdict: 'not-checked', why: `a|b \`c|d\` ${evil}`, select: [], report: null },
  ] as const;
  return { schemaVersion: 1, kind: 'ClusterReports', aggctl: '0', exitStatus: 1, clusters };
}

test('the reports have findings of every severity and place, symptoms, certificates, and what was not seen', () => {
  const findings = reports.flatMap((one) => one.findings);
  expect(reports.length).toBeGreaterThan(30);
  expect(new Set(findings.map(({ severity }) => severity)).size).toBe(3);
  expect(new Set(findings.map(({ at }) => Object.keys(at)[0])).size).toBe(3);
  expect(findings.some(({ symptoms }) => symptoms.length > 0)).toBe(true);
  expect(reports.some(({ certificates = [] }) => certificates.length > 0)).toBe(true);
  expect(reports.some(({ unavailable }) => unavailable.length > 0)).toBe(true);
});

describe('junit', () => {
  interface Element {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    text: string;
  }
  /** Throws for what is not well-formed XML 1.0. */
  function parse(text: string): readonly Element[] {
    const parser = new SaxesParser();
    const all: Element[] = [];
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name, attributes }) => all.push({ name, attributes: attributes as Record<string, string>, text: '' }));
    parser.on('text', (part) => {
      const last = all.at(-1);
      if (last) last.text += part;
    });
    parser.write(text).close();
    return all;
  }
  const named = (all: readonly Element[], name: string) => all.filter((one) => one.name === name);

  test('is well-formed XML that counts what it holds', () => {
    for (const one of reports) {
      const all = parse(renderJunit(one));
      const [suites, ...more] = named(all, 'testsuites');
      expect(more).toEqual([]);
      const counts = { tests: 'testcase', failures: 'failure', errors: 'error', skipped: 'skipped' };
      for (const [attribute, element] of Object.entries(counts))
        expect(Number(suites?.attributes[attribute])).toBe(named(all, element).length);
      const { passed, skipped, crashed } = one.summary;
      expect(named(all, 'testcase').length).toBe(one.findings.length + passed + skipped + crashed);
      expect(named(all, 'skipped').length).toBe(skipped);
    }
  });
  test('a failure is what makes the exit status 1', () => {
    for (const one of reports)
      for (const failOn of lowestFailing) {
        const failures = named(parse(renderJunit({ ...one, failOn } as Report)), 'failure');
        const failing: readonly string[] = counted(failOn);
        expect(failures.map(({ attributes }) => attributes.type)).toEqual(
          (['cluster', 'apiserver', 'apiservice'] as const).flatMap((scope) =>
            one.findings.filter(({ severity, subject }) => subject.scope === scope && failing.includes(severity)).map(({ id }) => id),
          ),
        );
      }
  });
  test.each([
    ['warning', 1, 1],
    ['error', 0, 0],
  ])('--fail-on %s: exit status %i and %i failures', async (failOn, status, failures) => {
    const snapshot = 'test/scenarios/front-proxy-client-expires-soon.jsonl';
    const ran = await aggctl(['doctor', '--snapshot', snapshot, '--fail-on', failOn, '-o', 'junit']);
    expect([ran.status, named(parse(ran.stdout), 'failure').length]).toEqual([status, failures]);
  });
  test('of several clusters: a suite each, and what is suppressed is skipped', () => {
    const all = parse(renderClustersJunit(several()));
    expect(named(all, 'testsuite').map(({ attributes }) => attributes.name?.at(-1))).toEqual(['a', 'b', 'c']);
    const reasons = named(all, 'skipped').filter(({ attributes }) => attributes.message?.startsWith('suppressed: '));
    expect(reasons.length).toBe(hostile.findings.length);
    expect(named(all, 'error').length).toBe(1);
  });
  test('a failure says what a person needs: message, place, evidence, fix', () => {
    const [finding] = report.findings;
    const [failure] = named(parse(renderJunit(report)), 'failure');
    expect(failure?.attributes.message).toBe(finding?.message);
    for (const text of [finding?.message, ...(finding?.evidence ?? []), finding?.fix.text, ...(finding?.fix.commands ?? [])])
      expect(failure?.text).toContain(text);
  });
});

describe('markdown', () => {
  test('of several clusters: a table of as many rows and columns, then each report', () => {
    const tokens = lexer(renderClustersMarkdown(several()));
    const [table, ...more] = tokens.filter(({ type }) => type === 'table');
    expect(more).toEqual([]);
    const { header, rows } = table as unknown as { header: unknown[]; rows: { text: string }[][] };
    expect([header.length, rows.map((row) => row.length)]).toEqual([5, [5, 5, 5]]);
    expect(flat(tokens).map(({ type }) => type)).not.toContain('html');
    const headings = tokens.flatMap((one) => (one.type === 'heading' ? [one.depth] : []));
    expect(headings.filter((depth) => depth < 3)).toEqual([1, 2, 2]);
  });
  const flat = (tokens: readonly Token[]): readonly Token[] =>
    tokens.flatMap((one) => [one, ...flat('tokens' in one ? (one.tokens ?? []) : []), ...flat('items' in one ? one.items : [])]);
  /** As a page shows it, without backquotes. */
  const shown = (tokens: readonly Token[]): string =>
    flat(tokens)
      .filter((one) => !('tokens' in one && one.tokens) && !('items' in one))
      .map((one) => ('text' in one ? String(one.text) : ''))
      .join('')
      .replace(/&#(\d+);/g, (_, number) => String.fromCharCode(number))
      .replaceAll('\u200b', '');
  const plainly = (text: string) => text.replaceAll('`', '');

  test('is what it was', () => expect(renderMarkdown(report)).toMatchSnapshot());
  test('of a cluster that was not reached gives no all-clear', () => {
    const [name, why] = ['x', '`https://x` refused the connection'];
    const none: Report = {
      ...report,
      cluster: { name, server: 'https://x', version: null, distribution: null, unreachable: why },
      apiservers: [],
      findings: [],
      summary: { ...report.summary, error: 0, warning: 0, passed: 0 },
    };
    const text = renderMarkdown(none);
    expect(text).toContain('Cannot reach kube-apiserver: `https://x` refused the connection\n');
    expect(text).toContain('\nNothing could be checked, so this report says nothing about the cluster.\n');
    expect(text).not.toMatch(/No (?:other )?problem/);
  });
  test('a value is no markup: neither link, mention, heading, list, table nor HTML', () => {
    for (const one of reports) {
      const tokens = flat(lexer(renderMarkdown(one)));
      const types = new Set(tokens.map(({ type }) => type));
      const known = ['heading', 'paragraph', 'space', 'list', 'list_item', 'text', 'escape', 'codespan', 'code', 'strong'];
      expect([...types].filter((type) => !known.includes(type))).toEqual([]);
      const fixes = one.findings.filter(({ fix }) => fix.text !== '').length;
      expect(tokens.filter(({ type }) => type === 'strong').map((token) => 'text' in token && token.text)).toEqual(
        Array(fixes).fill('Fix:'),
      );
      const headings = 1 + one.findings.length + (one.unavailable.length > 0 ? 1 : 0) + (one.crashed.length > 0 ? 1 : 0);
      expect(tokens.filter(({ type }) => type === 'heading').length).toBe(headings);
      for (const token of tokens)
        if (token.type === 'text' && !token.tokens) expect(token.raw).not.toMatch(/@(?!&#8203;)|(?<!&)#(?=\d)|:\/\/|www\./);
    }
  });
  test('each command stands in its block as it is to be pasted', () => {
    for (const one of reports) {
      const blocks = flat(lexer(renderMarkdown(one))).flatMap((token) => (token.type === 'code' ? [token.text] : []));
      const commands = one.findings.flatMap(({ fix }) => (fix.commands.length > 0 ? [fix.commands.map(sanitize).join('\n')] : []));
      expect(blocks).toEqual(commands);
    }
  });
  test('says message, evidence and fix, and names others, symptoms and suspects', () => {
    for (const one of reports.filter((any) => any !== hostile)) {
      const text = shown(lexer(renderMarkdown(one)));
      for (const { message, evidence, fix, others = [], symptoms, mayBeExplainedBy } of one.findings) {
        const names = [...others.map(({ name }) => name), ...symptoms.map(({ id }) => id), ...mayBeExplainedBy];
        for (const said of [message, ...evidence, fix.text, ...names]) expect(text).toContain(plainly(sanitize(said)));
      }
    }
  });
});

describe('sarif', () => {
  const run = (of: Report, directory = '/nowhere') => JSON.parse(renderSarif(of, checks, directory)).runs[0];
  const placed = (file: string, line?: number): Report => {
    const at = { file, ...(line !== undefined && { line }) };
    return { ...report, findings: [{ ...(report.findings[0] as Finding), at }] };
  };
  const { id: $id, $schema: _, ...schema } = sarifSchema;
  const isSarif = new Ajv({
    strict: false,
    unicodeRegExp: false,
    formats: {
      uri: (text: string) => URL.canParse(text),
      'uri-reference': (text: string) => /^[\x21-\x7e]+$/.test(text) && URL.canParse(text, 'file:///a/b'),
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
    },
  }).compile({ $id, ...schema });

  test('conforms to the schema of OASIS', () => {
    for (const one of reports) {
      isSarif(JSON.parse(renderSarif(one, checks, '/nowhere')));
      expect(isSarif.errors).toBeNull();
      expect(run(one).results.length).toBe(one.findings.length);
    }
    expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x', surplus: 1 } } }] })).toBe(false);
    expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: {} }] }] })).toBe(false);
  });
  test('of several clusters: a run each, and what is suppressed says why', () => {
    const log = JSON.parse(renderClustersSarif(several(), checks, '/nowhere'));
    isSarif(log);
    expect(isSarif.errors).toBeNull();
    const results = log.runs.map((one: { results: { suppressions?: unknown[] }[] }) =>
      one.results.map((each) => each.suppressions?.length ?? 0),
    );
    expect(results).toEqual([[...hostile.findings.map(() => 0), ...hostile.findings.map(() => 1)], report.findings.map(() => 0)]);
  });
  test('names a rule for each result, and places it', () => {
    const { tool, results, invocations } = run(report);
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(report.findings.map(({ id }) => id));
    for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
      const [{ physicalLocation, logicalLocations }] = locations;
      expect(Boolean(physicalLocation) !== Boolean(logicalLocations)).toBe(true);
      expect(partialFingerprints['aggctl/v1']).toContain(ruleId);
    }
    expect(invocations[0].exitCode).toBe(report.summary.exitStatus);
  });
  test.each([
    ['/etc/kubernetes/manifests/kube-apiserver.yaml', '/root', 'file:///etc/kubernetes/manifests/kube-apiserver.yaml'],
    ['/repo/a dir/kube#1?%.yaml', '/repo', 'a%20dir/kube%231%3F%25.yaml'],
    ['/repo/a:b.yaml', '/repo', 'a%3Ab.yaml'],
    ['/repository/a.yaml', '/repo', 'file:///repository/a.yaml'],
    ['/etc/a.yaml', '/', 'file:///etc/a.yaml'],
    ['charts/é.yaml', '/repo', 'charts/%C3%A9.yaml'],
    ['././charts/a.yaml', '/repo', 'charts/a.yaml'],
    ['/a/\ud800', '/repo', 'file:///a/%EF%BF%BD'],
  ])('%s, seen from %s, is %s', (file, directory, uri) => {
    const [{ locations }] = run(placed(file, 7), directory).results;
    expect(locations[0].physicalLocation).toEqual({ artifactLocation: { uri }, region: { startLine: 7 } });
    const path = decodeURIComponent(new URL(uri, `file://${directory}/`).pathname);
    expect(path).toBe(posix.resolve(directory, file).replace('\ud800', '\ufffd'));
  });
  test('without a line there is no region', () => {
    const [{ locations }] = run(placed('/a')).results;
    expect(locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'file:///a' } });
  });
  test('a value makes no link in a message', () => {
    for (const { message } of run(hostile).results) expect(message.text).not.toMatch(/\]\(/);
  });
  test('two problems of a check and a subject have two fingerprints', () => {
    const [first] = report.findings as [Finding];
    const twice = run({ ...report, findings: [first, first] }).results;
    expect(new Set(twice.map((one: { partialFingerprints: object }) => JSON.stringify(one.partialFingerprints))).size).toBe(2);
  });
  test('the same problem has the same fingerprint whatever its words', () => {
    const prints = (of: Report) => run(of).results.map((one: { partialFingerprints: object }) => one.partialFingerprints);
    const reworded = { ...report, findings: report.findings.map((one) => ({ ...one, message: 'other', evidence: [] })) };
    expect(prints(reworded)).toEqual(prints(report));
  });
});

describe('prometheus', () => {
  interface Sample {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }
  /** The text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). Throws where Prometheus or node_exporter would refuse it. */
  function parse(text: string): readonly Sample[] {
    if (!text.endsWith('\n')) throw new Error('the last line has no end');
    const told = { HELP: new Set<string>(), TYPE: new Set<string>() };
    const seen = new Set<string>();
    return text
      .slice(0, -1)
      .split('\n')
      .flatMap((line): Sample[] => {
        const [, word, of = '', rest = ''] = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line) ?? [];
        if (word === 'HELP' || word === 'TYPE') {
          if (told[word].has(of) || (word === 'TYPE' && rest !== 'gauge')) throw new Error(`told twice, or of another type: ${line}`);
          told[word].add(of);
          return [];
        }
        const [, name = '', labels = '', value = ''] = /^([a-z_]+)(?:\{(.*)\})? (-?[\d.]+(?:e\+\d+)?)$/.exec(line) ?? [];
        if ([...told.TYPE].at(-1) !== name || !told.HELP.has(name)) throw new Error(`not below its HELP and TYPE: ${line}`);
        const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/g)];
        if (pairs.map(([whole]) => whole).join('') !== labels) throw new Error(`labels: ${labels}`);
        const found = pairs.map(([, key = '', text = '']) => [key, text.replace(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one))]);
        const series = JSON.stringify([name, [...found].sort()]);
        if (seen.has(series)) throw new Error(`twice: ${line}`);
        seen.add(series);
        return [{ name, labels: Object.fromEntries(found), value: Number(value) }];
      });
  }
  const values = (samples: readonly Sample[], name: string) => samples.filter((one) => one.name === name);

  test('each finding is a sample, labels are as the text shows them, and names are of one kind', () => {
    for (const one of reports) {
      const samples = parse(renderReportMetrics(one));
      expect(values(samples, 'aggctl_finding').map(({ labels, value }) => ({ ...labels, value }))).toEqual(
        one.findings.flatMap(({ id, severity, subject, others = [] }) =>
          [subject, ...others].map(({ scope, name }) => ({ id, scope, subject: sanitize(name), severity, value: 1 })),
        ),
      );
      expect(values(samples, 'aggctl_exit_status')).toEqual([{ name: 'aggctl_exit_status', labels: {}, value: one.summary.exitStatus }]);
      if (one.capturedAt) expect(values(samples, 'aggctl_last_run_timestamp_seconds')[0]?.value).toBe(Date.parse(one.capturedAt) / 1000);
      const verdicts = values(samples, 'aggctl_verdicts').map(({ labels, value }) => [labels.verdict, value]);
      expect(Object.fromEntries(verdicts)).toMatchObject({ passed: one.summary.passed, failed: one.findings.length });
    }
  });
  test('of several clusters: each metric once, with the label cluster', () => {
    const samples = parse(renderClusterMetrics(several()));
    for (const { labels } of samples) expect(labels.cluster).toMatch(/[abc]$/);
    expect(values(samples, 'aggctl_suppressed_finding').length).toBe(
      values(samples, 'aggctl_finding').filter(({ labels }) => labels.cluster?.endsWith('a')).length,
    );
    expect(values(samples, 'aggctl_checked').map(({ value }) => value)).toEqual([expect.any(Number), expect.any(Number), 0]);
  });
  test('aggctl_checked is 0 where something could not be checked, whatever was found', () => {
    const checked = (of: Report) => values(parse(renderReportMetrics(of)), 'aggctl_checked')[0]?.value;
    expect(checked({ ...report, unavailable: [] })).toBe(1);
    for (const one of reports) if (one.summary.exitStatus === 3) expect(checked(one)).toBe(0);
    expect(reports.some((one) => one.summary.exitStatus === 1 && checked(one) === 0)).toBe(true);
  });
  test('certificates: of certs and of doctor the same, without those on which nothing depends', async () => {
    const { stdout } = await aggctl(['certs', '--demo', '-o', 'prometheus']);
    const text = (await aggctl(['doctor', '--demo', '-o', 'prometheus'])).stdout;
    const name = 'aggctl_certificate_expiry_timestamp_seconds';
    expect(parse(stdout)).toEqual(values(parse(text), name));
    expect(parse(stdout)[0]).toMatchObject({ labels: { role: 'front-proxy client', node: 'cp-1' }, value: 1795185978 });
    const [one] = report.certificates ?? [];
    const of = (change: object) => parse(renderCertificateMetrics({ items: [{ ...one, ...change }] } as never)).map(({ labels }) => labels);
    expect(of({ ignored: 'a valid one is beside it' })).toEqual([]);
    expect(of({ nodes: ['cp-1', 'cp-2'] }).map(({ node }) => node)).toEqual(['cp-1', 'cp-2']);
    expect(of({ nodes: [], places: ['ConfigMap a/b'] })).toMatchObject([{ place: 'ConfigMap a/b' }]);
  });
});
