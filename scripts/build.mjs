/** Bundles src/ into dist/: a small entry that parses arguments, and chunks that are loaded when a command needs them. */
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const folder = await mkdtemp('dist-');
await build({
  entryPoints: ['src/cli.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
  // client-node asks for the deprecated built-in; the package of that name has the same functions.
  alias: { punycode: 'punycode/punycode.js' },
  // CommonJS packages inside an ES module call `require` for Node's own modules.
  banner: { js: "import { createRequire as aggctlRequire } from 'node:module'; const require = aggctlRequire(import.meta.url);" },
});
await rm('dist', { recursive: true, force: true });
await rename(folder, 'dist');
