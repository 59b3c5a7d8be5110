/** Selectors of a list: labels and fields, each equal to a value. k8s.io/apimachinery, pkg/labels/selector.go and pkg/fields/selector.go, v0.37.2. */
import { isObject } from '../../decode.ts';

type Value = Readonly<Record<string, unknown>>;

/** What a query selects, as facts ask it; null: it selects in a way that nobody asks. */
export function selection(query: URLSearchParams): ((value: Value) => boolean) | null {
  const labels = termsOf(query.get('labelSelector'));
  const fields = termsOf(query.get('fieldSelector'));
  if (!labels || !fields) return null;
  return (value) =>
    labels.every(([key, wanted]) => at(value, ['metadata', 'labels', key]) === wanted) &&
    fields.every(([key, wanted]) => at(value, key.split('.')) === wanted);
}

/** Whether a list was asked for by what narrows it. */
export const isNarrowed = (query: URLSearchParams): boolean =>
  query.has('labelSelector') || query.has('fieldSelector') || query.get('limit') === '1';

const terms = /^([^=!,]+)={1,2}([^=!,]*)$/;
function termsOf(text: string | null): readonly (readonly [string, string])[] | null {
  const read = (text ?? '')
    .split(',')
    .filter(Boolean)
    .map((term) => terms.exec(term));
  return read.every((one) => one !== null) ? read.map(([, key = '', value = '']) => [key, value]) : null;
}

const at = (value: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);
