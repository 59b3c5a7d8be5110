/** Before the lab's tests: says clearly when they cannot run here, and makes what the tier needs and is missing, so that no test waits for it. */
import { assets, versions } from './assets.ts';
import { nodeAssets, type OtherServer, otherImage } from './node-assets.ts';
import { installPackages } from './packages.ts';

const [newest, ...older] = versions;

export default async function setup(): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'The lab tests need root: they make namespaces and mounts. Run `sudo npm run test:lab`; `npm test` needs no privilege.',
    );
  }
  const say = (line: string) => console.error(`lab: ${line}`);
  const all = process.env.AGGCTL_LAB_TIER !== 'core';
  await installPackages(say);
  await nodeAssets(await assets(newest, say), say);
  for (const version of older) {
    const controlPlane = await assets(version, say);
    if (all) await nodeAssets(controlPlane, say);
  }
  const others: readonly OtherServer[] = all
    ? [
        'oldSampleApiserver',
        'metricsServer',
        'testAdapter',
        'kedaAdapter',
        'kedaOperator',
        'kueue',
        'konnectivityServer',
        'konnectivityAgent',
      ]
    : [];
  for (const server of ['publishedSampleApiserver', ...others] as const) await otherImage(server, say);
}
