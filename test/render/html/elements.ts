/** The elements of a page that renderHtml made, read strictly: what is not written as it writes them is no element. */

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text inside, with what the elements inside of it hold. */
  readonly text: string;
}
const tag = /<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)(\/?)>/g;
const alone = ['meta', 'br'];

const decoded = (text: string): string => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

/** In the order in which they begin. Fails where one is not closed, or where a sign of markup is left over. */
export function elementsOf(page: string): readonly Element[] {
  const all: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: typeof all = [];
  let end = 0;
  const body = page.replace(/^<!DOCTYPE html>\n/, '');
  const say = (text: string) => {
    const inside = open.at(-1)?.name;
    const isOurs = inside === 'style' || inside === 'script';
    if (!isOurs && /[<>"']|&(?!#\d+;)/.test(text)) throw new Error(`markup in a text: ${text.slice(0, 200)}`);
    for (const one of open) one.text += isOurs ? text : decoded(text);
  };
  for (const match of body.matchAll(tag)) {
    const [whole, closes, name = '', given = '', closed] = match;
    say(body.slice(end, match.index));
    end = match.index + whole.length;
    if (closes) {
      const last = open.pop()?.name;
      if (last !== name) throw new Error(`</${name}> ends <${last}>`);
      continue;
    }
    const attributes = Object.fromEntries(
      [...given.matchAll(/ ([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, decoded(value)]),
    );
    const one = { name, attributes, text: '' };
    all.push(one);
    if (!closed && !alone.includes(name)) open.push(one);
  }
  say(body.slice(end));
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  return all;
}
