/** A report as text: the cluster, the map of trust, the problems, what could not be checked, the summary, what to do next. */
import type { Report } from '../model.ts';
import { pageOf } from './layout.ts';
import { visible } from './sanitize.ts';
import type { Style } from './style.ts';
import { findings, next, suppressed } from './text/findings.ts';
import { crashes, health, passes, summary, unseen } from './text/footer.ts';
import { header, suppressions, unreachable } from './text/header.ts';
import { further, history, paths } from './text/path.ts';
import { trustMap } from './text/trust.ts';
import { upgrade } from './text/upgrade.ts';

/** An empty line separates sections. `quiet` keeps the problems and what could not be checked: '' if all is well. */
export function renderText(report: Report, style: Style): string {
  const page = pageOf(style);
  // The stack of a crash is for `-o json`; its first line is enough here.
  const crashed = report.crashed.map((one) => ({ ...one, error: one.error.split('\n', 1)[0] ?? '' }));
  // Thousands on a large cluster, and shown only with -v.
  const rest = page.verbose ? {} : { passed: [], inapplicable: [] };
  const shown = visible({ ...report, crashed, ...rest }, style.ascii);
  const quiet = style.verbosity === 'quiet';
  const sections = quiet
    ? [
        unreachable(shown, page),
        ...findings(shown, page),
        [...unseen(shown, page, ['denied', 'unreachable', 'malformed']), ...crashes(shown, page)],
        shown.suppressed?.length ? suppressions(shown, page) : [],
      ]
    : [
        header(shown, page),
        ...(shown.apiservices ? paths(shown, page) : [trustMap(shown, page)]),
        ...findings(shown, page),
        ...(page.verbose ? suppressed(shown, page) : []),
        health(shown, page),
        further(shown, page),
        ...history(shown, page),
        upgrade(shown, page),
        page.verbose ? passes(shown, page) : [],
        [...unseen(shown, page), ...crashes(shown, page)],
        summary(shown, page),
        next(shown, page),
      ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return text.length === 0 ? '' : `${text.join('\n\n')}\n`;
}
