/** A recorded cluster with as many APIServices as one wants: each is the recorded one, in a group of its own. */
import type { IncomingMessage } from 'node:http';
import type { Recorded } from './recorded.ts';
import { recording } from './recorded.ts';

const group = 'wardle.example.com';
const oneOf = /\bg(\d+)\.example\.com\b/;
const lists = [
  ['/apis/apiregistration.k8s.io/v1/apiservices', (item: Item) => item.spec?.group === group],
  ['/apis', (item: Item) => item.metadata.name === group],
] as const;

interface Item {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly group?: string };
}

/** Every second one is dead where `dead` names the scenario of such a one. */
export async function manyOf(count: number, alive: string, dead = alive): Promise<(request: IncomingMessage) => Promise<Recorded>> {
  const [even, odd] = [await recording(alive), await recording(dead)];
  const whole = new Map<string, Recorded>();
  const multiplied = async (request: IncomingMessage, ofMany: (item: Item) => boolean): Promise<Recorded> => {
    const [one, other] = [await even(request), await odd(request)];
    const itemsOf = ({ text }: Recorded): readonly Item[] => JSON.parse(text).items;
    const [first, second] = [itemsOf(one).find(ofMany), itemsOf(other).find(ofMany)].map((item) => JSON.stringify(item));
    const rest = itemsOf(one)
      .filter((item) => !ofMany(item))
      .map((item) => JSON.stringify(item));
    const made = Array.from({ length: count }, (_, n) => named((n % 2 === 0 ? first : second) ?? '', n));
    return {
      ...one,
      text: JSON.stringify({ ...JSON.parse(one.text), items: [] }).replace('"items":[]', () => `"items":[${[...rest, ...made].join()}]`),
    };
  };
  return async (request) => {
    const url = new URL(request.url ?? '', 'http://h');
    const [, ofMany] = lists.find(([path]) => path === url.pathname) ?? [];
    if (ofMany) {
      const after = Number(url.searchParams.get('continue') ?? 0);
      url.searchParams.delete('continue');
      request.url = `${url.pathname}${url.search}`;
      const all = whole.get(request.url) ?? (await multiplied(request, ofMany));
      whole.set(request.url, all);
      return url.searchParams.has('limit') ? page(all, after, Number(url.searchParams.get('limit'))) : all;
    }
    const n = Number(oneOf.exec(request.url ?? '')?.[1] ?? Number.NaN);
    if (Number.isNaN(n)) return even(request);
    request.url = request.url?.replace(oneOf, group);
    const answer = await (n % 2 === 0 ? even : odd)(request);
    return { ...answer, text: named(answer.text, n) };
  };
}

const named = (text: string, n: number): string => text.replaceAll(group, `g${n}.example.com`);

function page(all: Recorded, after: number, limit: number): Recorded {
  const list = JSON.parse(all.text);
  const next = after + limit;
  const metadata = { ...list.metadata, ...(next < list.items.length && { continue: String(next) }) };
  return { ...all, text: JSON.stringify({ ...list, metadata, items: list.items.slice(after, next) }) };
}
