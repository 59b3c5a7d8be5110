/** The software bill of materials: what is inside the artifacts, in CycloneDX. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * `npm sbom` without its time and serial number, which differ in each run, with the name of the package instead of the checkout's folder, and
 * without packages of which no code is bundled. (`--omit dev` would omit packages that a development dependency needs, too.)
 */
export async function makeSbom(packages, nodeVersions, debianPackages) {
  const { stdout } = await run('npm', ['sbom', '--sbom-format', 'cyclonedx'], { maxBuffer: 64 * 1024 * 1024 });
  const { serialNumber, metadata, components, dependencies, ...sbom } = JSON.parse(stdout);
  const { timestamp, component, ...more } = metadata;
  const about = { ...more, component: { ...component, name: component['bom-ref'].split('@')[0] } };
  const bundled = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const inside = components.filter((component) => bundled.has(component['bom-ref']));
  const known = new Set([about.component['bom-ref'], ...inside.map((component) => component['bom-ref'])]);
  const missing = [...bundled].filter((name) => !known.has(name));
  if (missing.length > 0) throw new Error(`npm sbom does not list ${missing.join(', ')}`);
  const nodes = nodeVersions.map((version) => ({
    'bom-ref': `node@${version}`,
    type: 'platform',
    name: 'node',
    version,
    purl: `pkg:generic/node@${version}`,
    description: 'In the executables and the image',
  }));
  const libraries = debianPackages.map(({ name, version, architecture }) => {
    const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}&distro=debian-12`;
    return { 'bom-ref': purl, type: 'library', name, version, purl, description: 'In the image alone' };
  });
  const relations = dependencies
    .filter(({ ref }) => known.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((name) => known.has(name)) }));
  return `${JSON.stringify({ ...sbom, metadata: about, components: [...inside, ...nodes, ...libraries], dependencies: relations }, null, 2)}\n`;
}
