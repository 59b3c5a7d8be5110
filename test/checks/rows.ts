/** The rows of all checks: `ID.rows.ts` beside each check. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '../support/scenarios.ts';
import type { Row, Rows } from './row.ts';

const folder = join(checkout, 'src/checks');
const ending = '.rows.ts';
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith(ending) && !basename(file).startsWith('_'),
);

export const rows: Rows = Object.fromEntries(
  await Promise.all(
    files.map(async (file) => {
      const { rows } = (await import(pathToFileURL(join(folder, file)).href)) as { readonly rows: readonly Row[] };
      return [basename(file, ending), rows] as const;
    }),
  ),
);
