/** The chosen APIServices: what was seen at each hop, with the broken hop marked. */

import { list, moment, plural } from '../../format.ts';
import type { CheckedApiService, Report, Step } from '../../model.ts';
import { columnsOf, field, type Page, prose } from '../layout.ts';

/** Up to this many paths are drawn whole; more APIServices get a line each, and whole paths with -v. */
const mostPaths = 3;

/** A section for each APIService, or one for all if there are many. */
export function paths({ apiservices = [] }: Report, page: Page): string[][] {
  const drawn = page.verbose || apiservices.length <= mostPaths;
  // Among several, a healthy path adds nothing to its heading.
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
        ? `${paint.error(symbols.error)} ${paint.strong(name)} answers, but breaks${at}${by}`
        : `${paint.ok(symbols.ok)} ${paint.strong(name)} serves${by}`,
    fails: `${paint.error(symbols.error)} ${paint.strong(name)} breaks${at}${by}`,
    'in-transition': `${symbols.none} ${paint.strong(name)} is in transition: its condition and a real request disagree${by}`,
    local: `${paint.ok(symbols.ok)} ${paint.strong(name)} is local (no Service, no extension server): served by ${servedBy}`,
    absent: `${paint.error(symbols.error)} ${paint.strong(name)} does not exist`,
    unknown: `${symbols.none} ${paint.strong(name)} could not be checked`,
  };
  return prose(said[state], page, 0, 2);
}

function steps(path: readonly Step[], page: Page): string[] {
  const widest = Math.max(0, ...path.map((step) => columnsOf(label(step, page))));
  const behind = path.filter(({ state }) => state === 'behind').map(({ hop }) => hop);
  const rows = path.filter(({ state, shows }) => state !== 'behind' && (state !== 'unknown' || shows.length > 0 || page.verbose));
  const at = rows.findLastIndex(({ state }) => state === 'broken') + 1;
  const drawn = rows.map((step) => {
    const shows = step.state === 'unknown' && step.shows.length === 0 ? ['not checked'] : step.shows;
    return field(label(step, page), shows, page, { column: widest + 2 });
  });
  const notJudged =
    behind.length > 0 ? prose(`${page.symbols.none} ${list(behind)}: not checked, because the request does not get there`, page, 2, 2) : [];
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

/** Earlier events of each APIService that has any. */
export const history = ({ apiservices = [] }: Report, page: Page): string[][] =>
  apiservices.flatMap(({ name, history: past }) =>
    past
      ? [
          [
            page.paint.strong(`History of ${name}`),
            ...past.flatMap(({ at, text }) => prose(`${at ? `${moment(new Date(at))}  ` : ''}${text}`, page, 2, 2)),
          ],
        ]
      : [],
  );

/** Unrelated findings: only counted here. */
export function further({ further: count = 0, apiservices = [] }: Report, page: Page): string[] {
  if (count === 0) return [];
  const these = apiservices.length === 1 ? 'this APIService' : 'these APIServices';
  return prose(
    `${page.symbols.none} ${plural(count, 'further finding')} ${count === 1 ? 'does' : 'do'} not concern ${these}; see: ${page.name} doctor`,
    page,
    0,
    2,
  );
}
