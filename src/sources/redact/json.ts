/** JSON with the place of every value, so that one value can be replaced and all other text stays as it was. */
import type { Node } from './tree.ts';

/**
 * Reads a JSON text. The `yaml` package reads JSON with places too, at 2 MB a second; a page of 500 Pods is 5 MB.
 * Throws a SyntaxError (RangeError when nested too deeply) for a text that is not JSON.
 */
export function parseJson(text: string): Node {
  let at = 0;
  const space = /\s*/y;
  const literal = /-?\d[\d.eE+-]*|true|false|null/y;
  const skip = (): void => {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
  };
  /** Skips space; takes the character when it is the next one. */
  const take = (character: string): boolean => {
    skip();
    if (text.charAt(at) !== character) return false;
    at++;
    return true;
  };
  const need = (done: boolean): void => {
    if (!done) throw new SyntaxError(`no JSON at position ${at}`);
  };
  const string = (): string => {
    const start = at++;
    for (;;) {
      at = text.indexOf('"', at);
      if (at === -1) throw new SyntaxError('a string without an end');
      let slashes = at;
      while (text.charAt(slashes - 1) === '\\') slashes--;
      at++;
      if ((at - 1 - slashes) % 2 === 0) break;
    }
    const inside = text.slice(start + 1, at - 1);
    return inside.includes('\\') ? (JSON.parse(text.slice(start, at)) as string) : inside;
  };
  const value = (): Node => {
    if (take('{')) {
      const entries: [string, Node][] = [];
      if (take('}')) return { is: 'map', entries };
      do {
        skip();
        need(text.charAt(at) === '"');
        const key = string();
        need(take(':'));
        entries.push([key, value()]);
      } while (take(','));
      need(take('}'));
      return { is: 'map', entries };
    }
    if (take('[')) {
      const items: Node[] = [];
      if (take(']')) return { is: 'list', items };
      do items.push(value());
      while (take(','));
      need(take(']'));
      return { is: 'list', items };
    }
    const start = at;
    if (text.charAt(at) === '"') return { is: 'scalar', value: string(), start, end: at };
    literal.lastIndex = at;
    need(literal.test(text));
    at = literal.lastIndex;
    return { is: 'scalar', value: text.slice(start, at), start, end: at };
  };
  const root = value();
  skip();
  need(at === text.length);
  return root;
}
