/** Diagnoses a lab and keeps what was seen: the recording must replay to the same report. */
import { cp as copy, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { ControlPlane } from './control-plane.ts';
import { checkApiService, type Diagnosed, doctor, onNode } from './doctor.ts';

const scenarios = fileURLToPath(new URL('../scenarios', import.meta.url));

interface Place {
  /** Where the recordings of this run lie. */
  readonly records: string;
  /** Options that say where aggctl looks from. */
  readonly from?: readonly string[];
  /** Path on the node of a manifest that is judged in place of the one there. */
  readonly manifest?: string;
  /** The APIService that is checked by itself, and whose extension server is asked directly. */
  readonly asFrontProxy?: string;
  /** The APIService that is checked by itself. */
  readonly named?: string;
  /** Whether Secrets may be read. */
  readonly readSecrets?: boolean;
  /** Whether UPDATE=1 makes the recording a scenario of the unit tests. */
  readonly kept: boolean;
}

export async function diagnose(cp: ControlPlane, name: string, place: Place): Promise<Diagnosed> {
  const { records, from = onNode(cp), manifest, asFrontProxy, named: alone, readSecrets, kept } = place;
  const checked = asFrontProxy ?? alone;
  const allowed = readSecrets ? ['--read-secrets'] : [];
  const folder = join(records, name);
  const judged = (path: string) => (manifest ? ['--manifest', path] : []);
  const diagnosed = checked
    ? await checkApiService(cp, checked, ...(asFrontProxy ? ['--as-front-proxy', '--yes'] : []), ...from, '--record', folder)
    : await doctor(cp, ...from, ...allowed, '--record', folder, ...judged(cp.path(manifest ?? '')));
  const { report } = checked
    ? await checkApiService(cp, checked, '--snapshot', folder)
    : await doctor(cp, ...allowed, '--snapshot', folder, ...judged(manifest ?? ''));
  expect({ ...report, source: 'live' }).toEqual(diagnosed.report);
  if (process.env.UPDATE && kept) {
    await rm(join(scenarios, name, 'snapshot'), { recursive: true, force: true });
    await copy(folder, join(scenarios, name, 'snapshot'), { recursive: true });
    if (manifest || checked || readSecrets)
      await writeFile(join(scenarios, name, 'options.json'), `${JSON.stringify({ manifest, asFrontProxy, named: alone, readSecrets })}\n`);
  }
  return diagnosed;
}
