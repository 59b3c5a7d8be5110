/** What an upgrade would break, or that no such change is known. */

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
      ? `${sign} Upgrade to ${to}: none of these changes breaks anything that was found:`
      : `${sign} Upgrade to ${to}: no known change breaks the aggregation layer.`;
  const lines =
    breaks.length > 0
      ? [`${page.symbols.none} Upgrade to ${to}: first fix ${list(breaks)}.`]
      : [sound, ...changes.map(({ version, change }) => `  ${version}: ${change}`)];
  const unknown = beyond ? [`  This aggctl knows changes up to ${newestKnown} only.`] : [];
  return [...lines, ...unknown].flatMap((line) => prose(line.trimStart(), page, line.startsWith(' ') ? 2 : 0, 2));
}
