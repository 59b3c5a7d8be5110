/** The packages whose code is in a bundle, by esbuild's metafile, and their licenses. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Sorted by name: the folder, and what package.json says. */
export async function bundledPackages({ inputs }) {
  const folders = new Set(Object.keys(inputs).flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const packages = [...folders].map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return { folder, name, version, license };
  });
  return (await Promise.all(packages)).sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Names each package, with the text of its license. */
export async function notices(packages) {
  const parts = packages.map(async ({ folder, name, version, license }) => {
    const texts = (await readdir(folder)).filter((file) => /licen[cs]e|^copying|^notice/i.test(file)).sort();
    const whole = await Promise.all(texts.map((file) => readFile(join(folder, file), 'utf8')));
    return notice(`${name} ${version} (${license})`, whole.join('\n') || 'The package has no file with the text of its license.');
  });
  return (await Promise.all(parts)).join('\n');
}

export const notice = (title, text) => `${title}\n${'-'.repeat(title.length)}\n\n${text.trim()}\n`;
