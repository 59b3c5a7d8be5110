/** What esbuild makes of src/: a small entry that parses arguments, and chunks that are loaded when a command needs them. */
import { build } from 'esbuild';

const minified = { minifySyntax: true, minifyWhitespace: true, legalComments: 'none', platform: 'node', logLevel: 'warning' };

/** Writes `cli.js` and the chunks as ES modules; gives esbuild's metafile. */
export async function bundle(folder, { target, chunks = 'chunks/', banner = {} }) {
  const { metafile } = await build({
    ...minified,
    entryPoints: ['src/cli.ts'],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target,
    chunkNames: `${chunks}[name]-[hash]`,
    metafile: true,
    banner,
  });
  return metafile;
}

/** Rewrites each of these ES modules as CommonJS that asks even for what it imports dynamically by `require`. */
export const asCommonJs = (entryPoints, outdir, target) =>
  build({
    ...minified,
    entryPoints,
    outdir,
    target,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '""' },
    logLevel: 'error',
  });

/** Bundles a CommonJS program into one file. */
export const asOneFile = (entry, outfile, target) =>
  build({ ...minified, entryPoints: [entry], outfile, target, bundle: true, format: 'cjs' });

/** Bundles an ES module into one file. */
export const asModule = (entry, outfile) =>
  build({
    ...minified,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'node20.19',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
