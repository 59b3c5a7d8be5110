/** The files of checks, those in a folder of src/checks/ that export one by default, and of their rows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { checkout } from './scenarios.ts';

const folder = 'src/checks';

/** Paths from the checkout's root, by the file's name without `.ts`. */
export const checkFiles: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('_template/'))
    .filter((file) => /^export default /m.test(readFileSync(join(checkout, folder, file), 'utf8')))
    .sort()
    .map((file) => [posix.basename(file, '.ts'), `${folder}/${file}`]),
);
