/**
 * The values of a text of JSON or YAML that a tool wrote: megabytes, whose places nobody needs. The package yaml takes a second for a hundred
 * kilobytes; js-yaml takes twenty milliseconds.
 */
import { CORE_SCHEMA, loadAll, Type } from 'js-yaml';
import { parseJson } from '../../decode.ts';

/** As kubectl reads YAML: `<<` merges, and of a key that is there twice the last counts (sigs.k8s.io/yaml, YAMLToJSON, v1.6.0). */
const merge = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (value: unknown) => value === '<<' });
const options = { schema: CORE_SCHEMA.extend({ implicit: [merge] }), json: true };
const deepest = 200;
const most = 1_000_000;

/** Each document; a string says why there are none, in a clause. Never throws. */
export function valuesIn(text: string): readonly unknown[] | string {
  if (/^\s*[{[]/.test(text)) {
    const value = parseJson(text);
    if (value !== undefined) return [value];
  }
  try {
    const values: unknown[] = loadAll(text, null, options);
    const budget = { left: most };
    return values.every((value) => isBounded(value, budget, 0)) ? values : 'it holds more than a million values, or is nested too deep';
  } catch (error) {
    return `it is neither JSON nor YAML: ${(error as Error).message.split('\n')[0]}`;
  }
}

/** An alias stands for all that its anchor holds, and that again for more. */
function isBounded(value: unknown, budget: { left: number }, depth: number): boolean {
  budget.left -= 1;
  if (budget.left < 0 || depth > deepest) return false;
  return typeof value !== 'object' || value === null || Object.values(value).every((inner) => isBounded(inner, budget, depth + 1));
}
