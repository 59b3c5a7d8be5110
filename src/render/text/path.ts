/** The APIServices that were asked for: hop after hop what was seen there, the broken one marked. */

import { list, moment, plural } from '../../format.ts';
import type { CheckedApiService, Report, Step } from '../../model.ts';
import { columnsOf, field, type Page, prose } from '../layout.ts';

/** As many whole paths are drawn; of more APIServices a line each, and the rest under -v. */
const mostPaths = 3;

/** A section for each APIService, or one for all where there are many. */
export function paths({ apiservices = [] }: Report, page: Page): string[][] {
  const drawn = page.verbose || apiservices.length <= mostPaths;
  // Beside others a path that holds says no more than its heading.
  const brief = (one: CheckedApiService) => !page.verbose && apiservices.length > 1 && one.state === 'serves' && isWhole(one);
  if (!drawn) return [apiservices.flatMap((one) => heading(one, page))];
  return apiservices.map((one) => [...heading(one, page), ...(brief(one) ? [] : steps(one.path, page))]);
}

const isWhole = ({ path }: CheckedApiService) => path.every(({ state }) => state === 'passed' || state === 'unknown');

function heading({ name, state, servedBy, path }: CheckedApiService, page: Page): string[] {
  const { paint, symbols } = page;
  const broken = path.filter((step) => step.state === 'broken').map(({ hop }) => hop);
  const at = broken.length > 0 ? ` at ${list(broken)}` : '';
  const by = servedBy ? ` (${servedBy})` : '';
  const said: Readonly<Record<CheckedApiService['state'], string>> = {
    serves:
      broken.length > 0
        ? `${paint.error(symbols.error)} ${paint.strong(name)} answers, and breaks${at}${by}`
        : `${paint.ok(symbols.ok)} ${paint.strong(name)} serves${by}`,
    fails: `${paint.error(symbols.error)} ${paint.strong(name)} breaks${at}${by}`,
    'in-transition': `${symbols.none} ${paint.strong(name)} is in transition: its condition and a real request disagree${by}`,
    local: `${paint.ok(symbols.ok)} ${paint.strong(name)} is local, without a Service or an extension server: served by ${servedBy}`,
    absent: `${paint.error(symbols.error)} ${paint.strong(name)} does not exist`,
    unknown: `${symbols.none} ${paint.strong(name)} could not be looked at`,
  };
  return prose(said[state], page, 0, 2);
}

function steps(path: readonly Step[], page: Page): string[] {
  const widest = Math.max(0, ...path.map((step) => columnsOf(label(step, page))));
  const behind = path.filter(({ state }) => state === 'behind').map(({ hop }) => hop);
  const rows = path.filter(({ state, shows }) => state !== 'behind' && (state !== 'unknown' || shows.length > 0 || page.verbose));
  const at = rows.findLastIndex(({ state }) => state === 'broken') + 1;
  const drawn = rows.map((step) => {
    const shows = step.state === 'unknown' && step.shows.length === 0 ? ['not looked at'] : step.shows;
    return field(label(step, page), shows, page, { column: widest + 2 });
  });
  const notJudged =
    behind.length > 0 ? prose(`${page.symbols.none} ${list(behind)}: not judged, as the request ends before`, page, 2, 2) : [];
  return [...drawn.slice(0, at).flat(), ...notJudged, ...drawn.slice(at).flat()];
}

function label({ hop, state }: Step, { paint, symbols }: Page): string {
  const signs: Readonly<Record<Step['state'], string>> = {
    passed: paint.ok(symbols.ok),
    broken: paint.error(symbols.error),
    remark: paint.warning(symbols.warning),
    behind: symbols.none,
    unknown: symbols.none,
  };
  const sign = signs[state];
  return `${sign}${' '.repeat(columnsOf(symbols.ok) - columnsOf(sign) + 1)}${hop}`;
}

/** What happened before, under each APIService that has a past. */
export const history = ({ apiservices = [] }: Report, page: Page): string[][] =>
  apiservices.flatMap(({ name, history: past }) =>
    past
      ? [
          [
            page.paint.strong(`What was before: ${name}`),
            ...past.flatMap(({ at, text }) => prose(`${at ? `${moment(new Date(at))}  ` : ''}${text}`, page, 2, 2)),
          ],
        ]
      : [],
  );

/** What else is wrong in the cluster: counted, never told here. */
export function further({ further: count = 0, apiservices = [] }: Report, page: Page): string[] {
  if (count === 0) return [];
  const these = apiservices.length === 1 ? 'this APIService' : 'these APIServices';
  return prose(
    `${page.symbols.none} ${plural(count, 'further finding')} that ${count === 1 ? 'does' : 'do'} not concern ${these}: aggctl doctor`,
    page,
    0,
    2,
  );
}
