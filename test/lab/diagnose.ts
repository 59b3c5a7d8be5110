/** Diagnoses a lab and keeps what was seen: the recording must replay to the same report. */
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ControlPlane } from './control-plane.ts';
import { checkApiService, type Diagnosed, doctor, onNode } from './doctor.ts';
import { keptAsScenario } from './kept.ts';

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
  const file = join(records, `${name}.jsonl`);
  const judged = (path: string) => (manifest ? ['--manifest', path] : []);
  const diagnosed = checked
    ? await checkApiService(cp, checked, ...(asFrontProxy ? ['--as-front-proxy', '--yes'] : []), ...from, '--record', file, '--overwrite')
    : await doctor(cp, ...from, ...allowed, '--record', file, '--overwrite', ...judged(cp.path(manifest ?? '')));
  const { report } = checked
    ? await checkApiService(cp, checked, '--snapshot', file)
    : await doctor(cp, ...allowed, '--snapshot', file, ...judged(manifest ?? ''));
  expect({ ...report, source: 'live' }).toEqual(diagnosed.report);
  const options = {
    ...(manifest && { manifest }),
    ...(asFrontProxy && { asFrontProxy }),
    ...(alone && { named: alone }),
    ...(readSecrets && { readSecrets }),
  };
  if (kept) await keptAsScenario(name, file, options);
  return diagnosed;
}
