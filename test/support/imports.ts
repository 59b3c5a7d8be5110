/** The import graph of src/, read from its text: types and lazy imports are imports, too. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { checkout } from './scenarios.ts';

/** What each file imports: other files by their path from the checkout's root (`src/…`), packages and Node's modules by their name. */
export type Imports = Readonly<Record<string, readonly string[]>>;

const specifier = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/g;

/** The imports of one file of this text. */
export const importsOf = (file: string, text: string): readonly string[] =>
  [...text.matchAll(specifier)].map(([, declared, lazy]) => {
    const name = declared ?? lazy ?? '';
    return name.startsWith('.') ? posix.join(dirname(file), name) : name;
  });

export function importGraph(folder = 'src'): Imports {
  const files = readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(
    files.map((file) => {
      const path = posix.join(folder, file);
      return [path, importsOf(path, readFileSync(join(checkout, path), 'utf8'))];
    }),
  );
}

/** The groups of files that import each other in a circle, each sorted; Tarjan's strongly connected components. */
export function cycles(graph: Imports): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): number => {
    const own = index.size;
    index.set(file, own);
    low.set(file, own);
    stack.push(file);
    for (const next of graph[file] ?? []) {
      if (!(next in graph)) continue;
      if (!index.has(next)) low.set(file, Math.min(low.get(file) ?? own, visit(next)));
      else if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? own, index.get(next) ?? own));
    }
    if (low.get(file) === own) {
      const group = stack.splice(stack.indexOf(file));
      if (group.length > 1 || graph[file]?.includes(file)) found.push(group.sort());
    }
    return low.get(file) ?? own;
  };
  for (const file of Object.keys(graph)) if (!index.has(file)) visit(file);
  return found;
}
