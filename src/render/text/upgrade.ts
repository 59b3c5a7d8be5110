/** What an upgrade would break, or that no such change is known. */

import { list } from '../../format.ts';
import type { Report } from '../../model.ts';
import { type Page, prose } from '../layout.ts';

const minor = (version: string) => Number(version.split('.')[1]);

export function upgrade({ upgrade: judged }: Report, page: Page): string[] {
  if (!judged) return [];
  const { to, newestKnown, changes, breaks } = judged;
  const beyond = minor(to) > minor(newestKnown);
  const open = changes.filter(({ unchecked }) => unchecked !== undefined);
  const sign = beyond || open.length > 0 ? page.symbols.none : page.paint.ok(page.symbols.ok);
  const closed = changes.filter((one) => !open.includes(one));
  const sound =
    closed.length > 0
      ? [`${sign} Upgrade to ${to}: none of these changes breaks anything that was found:`, ...closed.map(said)]
      : open.length > 0
        ? []
        : [`${sign} Upgrade to ${to}: no known change breaks the aggregation layer.`];
  const lines = breaks.length > 0 ? [`${page.symbols.none} Upgrade to ${to}: first fix ${list(breaks)}.`] : sound;
  const unchecked = open.length > 0 ? [`${page.symbols.none} Upgrade to ${to}: not checked from here:`, ...open.map(said)] : [];
  const unknown = beyond ? [`  This aggctl knows changes up to ${newestKnown} only.`] : [];
  return [...lines, ...unchecked, ...unknown].flatMap((line) => prose(line.trimStart(), page, line.startsWith(' ') ? 2 : 0, 2));
}

const said = ({ version, change, unchecked }: NonNullable<Report['upgrade']>['changes'][number]): string =>
  `  ${version}: ${change}${unchecked === undefined ? '' : ` (${unchecked})`}`;
