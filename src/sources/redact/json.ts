/** JSON with the place of every value, so that one value can be replaced and all other text stays as it was. */
import type { Node } from './tree.ts';

export interface Json {
  /** null when not even a beginning could be read. */
  readonly root: Node | null;
  /** How far the text was read; its length when all of it is JSON. The entry in which reading ended is not part of the tree. */
  readonly end: number;
  /** Whether the text ends inside a string. */
  readonly cut: boolean;
}

/** Reads as much JSON as there is. The `yaml` package reads JSON with places too, at 2 MB a second; a page of 500 Pods is 5 MB. */
export function parseJson(text: string): Json {
  let root: Node | null = null;
  let at = 0;
  let end = 0;
  let cut = false;
  const space = /\s*/y;
  const literal = /(?:-?\d[\d.eE+-]*|true|false|null)(?=[\s,\]}]|$)/y;
  const next = (): string => {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
    return text.charAt(at);
  };
  const take = (character: string): boolean => {
    if (next() !== character) return false;
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
      cut = at === -1;
      need(!cut);
      let slashes = at;
      while (text.charAt(slashes - 1) === '\\') slashes--;
      at++;
      if ((at - 1 - slashes) % 2 === 0) break;
    }
    const inside = text.slice(start + 1, at - 1);
    return inside.includes('\\') ? (JSON.parse(text.slice(start, at)) as string) : inside;
  };
  /** Reads a value; hands it over before its content is read, so that a beginning is kept. */
  const value = (keep: (node: Node) => void): void => {
    const start = next() === '' ? text.length : at;
    if (take('{')) {
      const entries: [string, Node][] = [];
      keep({ is: 'map', entries });
      end = at;
      if (!take('}')) {
        do {
          need(next() === '"');
          const key = string();
          need(take(':'));
          value((node) => entries.push([key, node]));
        } while (take(','));
        need(take('}'));
      }
    } else if (take('[')) {
      const items: Node[] = [];
      keep({ is: 'list', items });
      end = at;
      if (!take(']')) {
        do value((node) => items.push(node));
        while (take(','));
        need(take(']'));
      }
    } else if (next() === '"') {
      const inside = string();
      keep({ is: 'scalar', value: inside, start, end: at });
    } else {
      literal.lastIndex = at;
      need(literal.test(text));
      at = literal.lastIndex;
      keep({ is: 'scalar', value: text.slice(start, at), start, end: at });
    }
    end = at;
  };
  try {
    value((node) => {
      root = node;
    });
    if (next() === '') end = at;
  } catch {
    // What cannot be read, or is nested too deeply for the stack, begins at `end`.
  }
  return { root, end, cut };
}
