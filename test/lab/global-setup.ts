/** Before the lab's tests: says clearly when they cannot run here, and builds the binaries that are missing. */
import { assets, versions } from './assets.ts';
import { nodeAssets } from './node-assets.ts';

export default async function setup(): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'The lab tests need root: they make namespaces and mounts. Run `sudo npm run test:lab`; `npm test` needs no privilege.',
    );
  }
  const say = (line: string) => console.error(`lab: ${line}`);
  for (const version of versions) await nodeAssets(await assets(version, say), say);
}
