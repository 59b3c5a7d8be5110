/** Bundles src/ into dist/, and writes the manual pages there. */
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { writeManual } from './man.mjs';

const folder = await mkdtemp('dist-');
await bundle(folder, {
  target: 'node20.19',
  // CommonJS packages inside an ES module call `require` for Node's own modules.
  banner: { js: "import { createRequire as aggctlRequire } from 'node:module'; const require = aggctlRequire(import.meta.url);" },
});
await writeManual(join(folder, 'man'));
// mkdtemp makes it for its owner alone.
await chmod(folder, 0o755);
await rm('dist', { recursive: true, force: true });
await rename(folder, 'dist');
