/** A list that comes page by page. */
import { apiPath } from '../api-path.ts';
import { SIZE_LIMIT } from '../cluster/receive.ts';
import { excessOf, isObject, number, object, parseJson, string } from '../decode.ts';
import type { Answer, Observed, Question, Unavailable } from '../model.ts';

/** More pages than any list of a healthy cluster has. */
const MAX_PAGES = 200;
/** A list of many pages may take as long as this many requests. */
const PATIENCE = 3;

interface List {
  readonly items: readonly unknown[];
  readonly metadata: { readonly continue?: string; readonly remainingItemCount?: number };
}

/**
 * The whole list of which `first` is the first page; a list of one page is given as it came. When a later page fails, its failure is the answer.
 * Of the pages before only texts are held. `timeout` is that of one request, milliseconds, 0 for none.
 */
export async function withFurtherPages(
  ask: (question: Question['api']) => Promise<Observed<Answer['api']>>,
  question: Question['api'],
  first: Answer['api'],
  timeout: number,
): Promise<Observed<Answer['api']>> {
  const list = asList(first.text);
  if (!list?.metadata.continue) return { ok: true, value: first };
  const limit = timeout > 0 ? performance.now() + PATIENCE * timeout : Number.POSITIVE_INFINITY;
  const texts = [inside(list.items)];
  const asked = new Set<string>();
  let { ms } = first;
  let size = first.text.length;
  let count = list.items.length;
  const tooLong = () => malformed(`\`${question.path}\` is too long to read: ${count} items, and more follow.`);
  let next: string | undefined = list.metadata.continue;
  while (next) {
    if (asked.size >= MAX_PAGES || size > SIZE_LIMIT) return tooLong();
    if (performance.now() > limit) return late(question.path, count, PATIENCE * timeout);
    asked.add(next);
    const page = await ask({ ...question, path: apiPath`${{ path: question.path }}&continue=${next}` });
    if (!page.ok || page.value.status !== 200) return page;
    const further = asList(page.value.text);
    if (!further) return malformed(`A page of the list \`${question.path}\` is not a list: check what answers there.`);
    texts.push(inside(further.items));
    ms += page.value.ms;
    size += page.value.text.length;
    count += further.items.length;
    next = further.metadata.continue;
    if (next && (asked.has(next) || further.items.length === 0))
      return malformed(`The pages of the list \`${question.path}\` lead nowhere after ${count} items: check what answers there.`);
  }
  const { items: _, ...rest } = list;
  const { continue: __, remainingItemCount: ___, ...metadata } = list.metadata;
  const text = `${JSON.stringify({ ...rest, metadata }).slice(0, -1)},"items":[${texts.filter(Boolean).join()}]}`;
  return excessOf(text) ? tooLong() : { ok: true, value: { ...first, text, ms } };
}

/** The items as JSON, without the brackets of their list. */
const inside = (items: readonly unknown[]): string => JSON.stringify(items).slice(1, -1);

const asList = (text: string): List | null => {
  const list = parseJson(text);
  if (!isObject(list) || !Array.isArray(list.items)) return null;
  const more = { ...list, items: list.items as readonly unknown[] };
  return { ...more, metadata: isObject(list.metadata) ? { ...list.metadata, ...continued(list.metadata) } : {} };
};
const continued = object({ continue: string, remainingItemCount: number });

const malformed = (message: string): Unavailable => ({ ok: false, why: 'malformed', message });
const late = (path: string, items: number, ms: number): Unavailable => ({
  ok: false,
  why: 'unreachable',
  cause: 'no-answer',
  afterSeconds: ms / 1000,
  message: `\`${path}\` gave ${items} items within ${ms / 1000} s, and more follow: increase --request-timeout.`,
});
