/** The formats for tickets, CI, code scanning and monitoring: of a real report, and of one whose every text is hostile. */
import { beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import type { Report } from '../../src/model.ts';
import { renderJunit } from '../../src/render/junit.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { renderCertificateMetrics, renderReportMetrics } from '../../src/render/prometheus.ts';
import { renderSarif } from '../../src/render/sarif.ts';
import { aggctl } from '../cli/aggctl.ts';

let report: Report;
let hostile: Report;
const evil =
  '</testcase>]]>&amp;"\'\u0000\u001b[31m\u202e\n- [x](javascript:alert(1)) `<img src=x>` @everyone #1 | a | b |\n# h https://e.example ```\n';
const poisoned = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string')
    return ['schemaVersion', 'kind', 'severity', 'scope', 'id', 'capturedAt', 'file'].includes(key) ? value : `${evil}${value}`;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)]));
};
beforeAll(async () => {
  report = JSON.parse(
    (await aggctl(['doctor', '--snapshot', 'test/scenarios/konnectivity-grpc-server-stopped.jsonl', '-o', 'json'])).stdout,
  );
  hostile = poisoned(report) as Report;
});

describe('junit', () => {
  const tag = /<\/?[a-z-]+(?: [a-z]+="[^"<>]*")*\/?>|<\?xml version="1\.0" encoding="UTF-8"\?>/g;
  test.each(['report', 'hostile'] as const)('is well-formed XML: %s', (which) => {
    const text = renderJunit(which === 'report' ? report : hostile);
    const open: string[] = [];
    for (const [one] of text.matchAll(tag)) {
      const [, end, name = '', alone] = /^<(\/?)([a-z-]+)[\s\S]*?(\/?)>$/.exec(one) ?? [];
      if (end) expect(open.pop()).toBe(name);
      else if (name && !alone) open.push(name);
    }
    expect(open).toEqual([]);
    const rest = text.replace(tag, '');
    expect(rest).not.toMatch(/[<>]/);
    expect(text.replace(/&#\d+;/g, '')).not.toContain('&');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has none of these.
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\u202e]/);
  });
  test('counts what it holds, and only errors fail', () => {
    const text = renderJunit(report);
    const { error, passed, skipped } = report.summary;
    expect(text.match(/<failure /g)?.length ?? 0).toBe(error);
    expect(text.match(/<skipped /g)?.length ?? 0).toBe(skipped);
    expect(text).toContain(`<testsuites name="aggctl" tests="${report.findings.length + passed + skipped}" failures="${error}"`);
  });
});

describe('markdown', () => {
  test('is what it was', () => expect(renderMarkdown(report)).toMatchSnapshot());
  test('a value is no markup: neither link, mention, heading, list, table nor HTML', () => {
    const lines = renderMarkdown(hostile).split('\n');
    const outside = lines
      .join('\n')
      .replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, '')
      .replace(/`[^`]*`/g, '');
    expect(outside).not.toMatch(/(?<!\\)[<>[\]|]/);
    expect(outside).not.toMatch(/@everyone|https:\/\//);
    expect(lines.filter((line) => /^#/.test(line)).length).toBe(
      renderMarkdown(report)
        .split('\n')
        .filter((line) => /^#/.test(line)).length,
    );
  });
});

describe('sarif', () => {
  const run = (of: Report) => JSON.parse(renderSarif(of, checks)).runs[0];
  test('names a rule for each result, and places it', () => {
    const { tool, results, invocations } = run(report);
    const rules = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(report.findings.map(({ id }) => id));
    for (const { ruleId, level, message, locations, partialFingerprints } of results) {
      expect(rules).toContain(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
      const [{ physicalLocation, logicalLocations }] = locations;
      expect(Boolean(physicalLocation) !== Boolean(logicalLocations)).toBe(true);
      expect(partialFingerprints['aggctl/v1']).toContain(ruleId);
    }
    expect(invocations[0].exitCode).toBe(report.summary.exitStatus);
  });
  test('the same problem has the same fingerprint whatever its words', () => {
    const prints = (of: Report) => run(of).results.map((one: { partialFingerprints: object }) => one.partialFingerprints);
    const reworded = { ...report, findings: report.findings.map((one) => ({ ...one, message: 'other', evidence: [] })) };
    expect(prints(reworded)).toEqual(prints(report));
  });
});

describe('prometheus', () => {
  const line = /^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? -?[\d.e+]+)$/;
  test.each(['report', 'hostile'] as const)('every line is one of the format, and no sample is told twice: %s', (which) => {
    const lines = renderReportMetrics(which === 'report' ? report : hostile)
      .trimEnd()
      .split('\n');
    for (const one of lines) expect(one).toMatch(line);
    const samples = lines.filter((one) => !one.startsWith('#')).map((one) => one.replace(/ \S+$/, ''));
    expect(new Set(samples).size).toBe(samples.length);
  });
  test('certificates', async () => {
    const { stdout } = await aggctl(['certs', '--demo', '-o', 'json']);
    const text = renderCertificateMetrics({ ...JSON.parse(stdout), columns: [], rows: [] });
    expect(text).toMatch(/^aggctl_certificate_expiry_timestamp_seconds\{role="front-proxy client",.* 1795185978$/m);
  });
});
