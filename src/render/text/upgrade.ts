/** What an upgrade would break, or that no such change is known. */

import { list } from '../../format.ts';
import type { Report } from '../../model.ts';
import { type Page, prose } from '../layout.ts';

type Upgrade = NonNullable<Report['upgrade']>;

export function upgrade({ upgrade: judged }: Report, page: Page): string[] {
  if (!judged) return [];
  const { none, ok } = page.symbols;
  const lines = upgradeGroups(judged).flatMap(({ sign, text, changes }) => [
    { indent: 0, text: `${sign === 'ok' ? page.paint.ok(ok) : none} Upgrade to ${judged.to}: ${text}` },
    ...changes.map((change) => ({ indent: 2, text: change })),
  ]);
  const unknown = isBeyond(judged) ? [{ indent: 2, text: beyond(judged) }] : [];
  return [...lines, ...unknown].flatMap(({ indent, text }) => prose(text, page, indent, 2));
}

interface Group {
  readonly sign: 'ok' | 'none';
  readonly text: string;
  readonly changes: readonly string[];
}
/** What is said of the upgrade, and of which changes. */
export function upgradeGroups(judged: Upgrade): readonly Group[] {
  const { changes, breaks } = judged;
  const open = changes.filter(({ unchecked }) => unchecked !== undefined);
  const closed = changes.filter((one) => !open.includes(one));
  const sign = isBeyond(judged) || open.length > 0 ? 'none' : 'ok';
  const sound: readonly Group[] =
    closed.length > 0
      ? [{ sign, text: 'none of these changes breaks anything that was found:', changes: closed.map(said) }]
      : open.length > 0
        ? []
        : [{ sign, text: 'no known change breaks the aggregation layer.', changes: [] }];
  const first: readonly Group[] = breaks.length > 0 ? [{ sign: 'none', text: `first fix ${list(breaks)}.`, changes: [] }] : sound;
  return [...first, ...(open.length > 0 ? [{ sign: 'none' as const, text: 'not checked from here:', changes: open.map(said) }] : [])];
}

const minor = (version: string) => Number(version.split('.')[1]);
export const isBeyond = ({ to, newestKnown }: Upgrade): boolean => minor(to) > minor(newestKnown);
export const beyond = ({ newestKnown }: Upgrade): string => `This aggctl knows changes up to ${newestKnown} only.`;

const said = ({ version, change, unchecked }: Upgrade['changes'][number]): string =>
  `${version}: ${change}${unchecked === undefined ? '' : ` (${unchecked})`}`;
