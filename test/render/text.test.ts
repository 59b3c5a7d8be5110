import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Command, Report } from '../../src/model.ts';
import type { Style } from '../../src/render/style.ts';
import { renderText } from '../../src/render/text.ts';
import { sh } from '../../src/sh.ts';
import { apiservice, finding, report } from './build.ts';
import { reports } from './reports.ts';

const plain: Style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true };
const styles: Readonly<Record<string, Style>> = {
  '80': plain,
  '40': { ...plain, width: 40 },
  '80.ascii': { ...plain, ascii: true },
  '80.verbose': { ...plain, verbosity: 'verbose' },
  '80.quiet': { ...plain, verbosity: 'quiet' },
  '40.color': { ...plain, width: 40, color: 1 },
};
const cases = Object.entries(reports).map(([name, value]) => ({ name, value }));

describe('what people read', () => {
  for (const { name, value } of cases)
    for (const look of ['80', '40']) {
      test(`${name} at ${look} columns`, async () => {
        await expect(renderText(value, styles[look] as Style)).toMatchFileSnapshot(`golden/${name}.${look}.txt`);
      });
    }
  for (const [name, look] of [
    ['broken-on-the-node', '80.ascii'],
    ['healthy', '80.verbose'],
    ['unreachable', '80.verbose'],
    ['several-findings', '80.verbose'],
    ['crashed', '80.quiet'],
    ['broken-on-the-node', '40.color'],
  ] as const) {
    test(`${name}, ${look}`, async () => {
      const text = renderText(reports[name] as Report, styles[look] as Style);
      await expect(text.replaceAll('\x1b', '␛')).toMatchFileSnapshot(`golden/${name}.${look}.txt`);
    });
  }
});

describe.each(cases)('$name', ({ value }) => {
  const commands: readonly string[] = value.findings.flatMap(({ fix }) => fix.commands);

  test.each([40, 60, 80, 200])('fills no more than %i columns, but for words and commands that must not break', (width) => {
    const tooWide = renderText(value, { ...plain, width })
      .split('\n')
      .filter((line) => stringWidth(line) > width && !commands.includes(line.trim()) && !line.startsWith('    aggctl explain '));
    // One word, behind a label or a sign; or a hop of the map.
    for (const line of tooWide) expect(line).toMatch(/^ *((at|evidence|presents) +|[✗!i–✓] )?\S+$|▶/);
  });

  test('each command stands whole on a line of its own', () => {
    const lines = renderText(value, { ...plain, width: 40 })
      .split('\n')
      .map((line) => line.trim());
    for (const command of commands) expect(lines).toContain(command);
  });

  test('color adds nothing but color', () => {
    const colored = renderText(value, { ...plain, color: 1 });
    expect(colored).toContain('\x1b[');
    expect(stripVTControlCharacters(colored)).toBe(renderText(value, plain));
  });

  test('ASCII mode is 7-bit in every mode', () => {
    for (const verbosity of ['quiet', 'normal', 'verbose'] as const)
      expect(renderText(value, { ...plain, ascii: true, verbosity })).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('no line ends in a space', () => {
    expect(renderText(value, plain)).not.toMatch(/[ \t]$/m);
  });
});

test('quiet says nothing of a healthy cluster', () => {
  expect(renderText(reports.healthy as Report, { ...plain, verbosity: 'quiet' })).toBe('');
});

test('health is not claimed where nothing was judged, where something could not be checked, or where a check crashed', () => {
  for (const name of ['unreachable', 'crashed', 'in-transition']) {
    expect(renderText(reports[name] as Report, plain)).toMatch(/^– (Nothing|No problem)/m);
    expect(renderText(reports[name] as Report, plain)).not.toMatch(/^✓|[Hh]ealthy/m);
  }
});

test('of several problems the first is to be fixed first, unless it is a remark', () => {
  const one = finding({ id: 'x', message: 'm.', at: { probe: 'p' } });
  const titled = (severity: 'warning' | 'info', more = [one], style = plain) =>
    renderText(report({ exitStatus: 0, findings: [{ ...one, severity }, ...more] }), style);
  expect(titled('warning')).toMatch(/^! x {63}fix this first$/m);
  expect(titled('warning').match(/fix this first/g)).toHaveLength(1);
  expect(titled('warning', [one], { ...plain, color: 1 })).toContain('\x1b[1mfix this first\x1b[22m');
  expect(titled('info')).toMatch(/^i x$/m);
  expect(titled('warning', [])).toMatch(/^! x$/m);
});

describe('the last lines say what to do first', () => {
  const ending = (text: string, commands: readonly Command[] = [], style = plain) => {
    const one = finding({ id: 'x', message: 'm.', at: { probe: 'p' }, fix: { text, commands } });
    return renderText(report({ exitStatus: 1, findings: [one, { ...one, id: 'y' }] }), style).split(/ exit 1\n/)[1];
  };
  test.each([
    ['Renew it; kube-apiserver reloads it.', 'Renew it'],
    ['Renew it. Then wait.', 'Renew it'],
    ['Renew it:', 'Renew it'],
    ['Set `a: 1` in 1.2.3.4:80 (b; c): then wait.', 'Set `a: 1` in 1.2.3.4:80 (b; c)'],
    ['Set (a', 'Set (a'],
    ['Write --a=.', 'Write --a='],
  ])('%s', (text, shown) => expect(ending(text)).toBe(`\nNext: ${shown}\n    aggctl explain x\n`));
  test('with the command, if it is the only one', () => {
    expect(ending('Do it:', [sh`a`])).toBe('\nNext: Do it\n    a\n    aggctl explain x\n');
    expect(ending('Do it:', [sh`a`, sh`b`])).toBe('\nNext: Do it\n    aggctl explain x\n');
    expect(ending('', [sh`a`])).toBe('\nNext:\n    a\n    aggctl explain x\n');
  });
  test('by the name that aggctl was called', () => {
    expect(ending('Do it:', [], { ...plain, name: 'kubectl aggctl' })).toBe('\nNext: Do it\n    kubectl aggctl explain x\n');
  });
});

test('a crash alone is enough to claim nothing', () => {
  const { crashed, passed } = reports.crashed as Report;
  const text = renderText(report({ exitStatus: 3, crashed, passed }), plain);
  expect(text).toContain('– No problem found in what could be checked.\n');
  expect(text).toContain('please report it');
});

test('health is narrowed to what could be seen', () => {
  expect(renderText(reports.managed as Report, plain)).toContain('✓ Healthy as far as can be seen from here:');
  expect(renderText(reports.healthy as Report, plain)).toContain('✓ Healthy: all 3 extension servers answer and every check passed.\n');
});

describe('text from a server', () => {
  const hostile = '\x1b]0;owned\x07\x1b[2J\r\x9b31mfine\u202egnp.exe\u2066\u200b\x7f\n✓ Healthy\u2028\ud800';
  /** The report with the hostile text put into every string that is not an enumeration or a date. */
  const poisoned = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string')
      return ['severity', 'scope', 'why', 'capturedAt', 'judgedAt', 'kind'].includes(key) ? value : `${value}${hostile}`;
    if (Array.isArray(value)) return value.map((each) => poisoned(each, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, name)]));
  };

  test.each(cases)('no control and no invisible character comes through: $name', ({ value }) => {
    for (const verbosity of ['quiet', 'normal', 'verbose'] as const) {
      const text = renderText(poisoned(value) as Report, { ...plain, verbosity });
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      // What it says is still there to be seen, on the lines of aggctl and on none of its own.
      if (value.findings.length > 0) expect(text).toContain('\\x1b[2J');
      expect(text).not.toMatch(/^✓ Healthy\\u2028/m);
    }
  });
});

test('a fix of commands alone still has each on a line of its own', () => {
  const fix = { text: '', commands: [sh`kubectl get apiservices`] };
  const text = renderText(report({ exitStatus: 1, findings: [finding({ id: 'x', message: 'm.', at: { probe: 'p' }, fix })] }), plain);
  expect(text).toContain('\n  fix\n              kubectl get apiservices\n');
});

test('wide characters count twice', () => {
  const message = '`監視サーバー` `監視サーバー` `監視サーバー` does not answer.';
  const one = finding({ id: 'x', subject: apiservice('v1.監視'), message, at: { probe: 'p' } });
  const wide = report({ exitStatus: 1, findings: [one, { ...one, id: 'y' }] });
  const text = renderText(wide, styles['40'] as Style);
  expect(text).toContain('  `監視サーバー` `監視サーバー`\n  `監視サーバー` does not answer.\n');
  expect(text).toContain(`✗ x · v1.監視${' '.repeat(13)}fix this first\n`);
});
