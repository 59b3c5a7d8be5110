/** What an upgrade would break, or that nothing is known. */

import { list } from '../../format.ts';
import type { Report } from '../../model.ts';
import { type Page, prose } from '../layout.ts';

const minor = (version: string) => Number(version.split('.')[1]);

export function upgrade({ upgrade: judged }: Report, page: Page): string[] {
  if (!judged) return [];
  const { to, newestKnown, changes, breaks } = judged;
  const beyond = minor(to) > minor(newestKnown);
  const sign = beyond ? page.symbols.none : page.paint.ok(page.symbols.ok);
  const sound =
    changes.length > 0
      ? `${sign} Upgrade to ${to}: nothing found that these changes would break:`
      : `${sign} Upgrade to ${to}: no change on the way is known to break the aggregation layer.`;
  const lines =
    breaks.length > 0
      ? [`${page.symbols.none} Upgrade to ${to}: see to ${list(breaks)} before it.`]
      : [sound, ...changes.map(({ version, change }) => `  ${version}: ${change}`)];
  const unknown = beyond ? [`  What changes after ${newestKnown} this aggctl does not know.`] : [];
  return [...lines, ...unknown].flatMap((line) => prose(line.trimStart(), page, line.startsWith(' ') ? 2 : 0, 2));
}
