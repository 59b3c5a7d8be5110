/** A report as text for a person: who was asked, the map of trust, what is wrong, what could not be seen, the sum. */
import type { Report } from '../model.ts';
import { pageOf } from './layout.ts';
import { visible } from './sanitize.ts';
import type { Style } from './style.ts';
import { findings } from './text/findings.ts';
import { crashes, health, passes, summary, unseen } from './text/footer.ts';
import { header } from './text/header.ts';
import { further, history, paths } from './text/path.ts';
import { trustMap } from './text/trust.ts';
import { upgrade } from './text/upgrade.ts';

/** Sections are parted by an empty line. `quiet` keeps the problems and what keeps aggctl from seeing some: '' where all is well. */
export function renderText(report: Report, style: Style): string {
  const page = pageOf(style);
  // Of a crash the trace is for `-o json`; here its first line says enough.
  const crashed = report.crashed.map((one) => ({ ...one, error: one.error.split('\n', 1)[0] ?? '' }));
  // Thousands on a large cluster, and named with -v alone.
  const rest = page.verbose ? {} : { passed: [], inapplicable: [] };
  const shown = visible({ ...report, crashed, ...rest }, style.ascii);
  const quiet = style.verbosity === 'quiet';
  const sections = quiet
    ? [...findings(shown, page), [...unseen(shown, page, ['denied', 'unreachable', 'malformed']), ...crashes(shown, page)]]
    : [
        header(shown, page),
        ...(shown.apiservices ? paths(shown, page) : [trustMap(shown, page)]),
        ...findings(shown, page),
        health(shown, page),
        further(shown, page),
        ...history(shown, page),
        upgrade(shown, page),
        page.verbose ? passes(shown, page) : [],
        [...unseen(shown, page), ...crashes(shown, page)],
        summary(shown, page),
      ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return text.length === 0 ? '' : `${text.join('\n\n')}\n`;
}
