/** The rows of all checks: `ID.rows.ts` beside each check. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '../support/scenarios.ts';
import type { Row, Rows } from './row.ts';

const folder = join(checkout, 'src/checks');
const ending = '.rows.ts';
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith(ending) && !file.startsWith('_template/'),
);
/** What such a file exports; `unrecorded`: why no scenario fails the check. */
type RowsFile = { readonly rows: readonly Row[]; readonly unrecorded?: string };
const modules = await Promise.all(
  files.map(async (file) => [basename(file, ending), (await import(pathToFileURL(join(folder, file)).href)) as RowsFile] as const),
);

export const rows: Rows = Object.fromEntries(modules.map(([id, file]) => [id, file.rows]));
/** The checks that no scenario fails, each with its reason. */
export const unrecorded: Readonly<Record<string, string>> = Object.fromEntries(
  modules.flatMap(([id, file]) => (file.unrecorded === undefined ? [] : [[id, file.unrecorded]])),
);
