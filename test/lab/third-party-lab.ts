/** A whole node with an extension server that others made, for the tests of one file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { diagnose } from './diagnose.ts';
import { onLaptop, onNode, outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { nothing } from './faults/sound.ts';
import { useNode } from './fixture.ts';

/** `install` returns once it is served. Then `look` diagnoses, from a laptop unless told, and keeps what it sees as scenario `name`. */
export function useThirdParty(install: (node: ReturnType<ReturnType<typeof useNode>>) => Promise<void>) {
  const node = useNode();
  let records: string;
  beforeAll(async () => {
    records = await mkdtemp(join(tmpdir(), 'aggctl-third-party-'));
    await install(node());
  });
  afterAll(() => rm(records, { recursive: true, force: true }));
  const look = (name: string, from = onLaptop(node())) => diagnose(node(), name, { records, from, kept: true });
  /** Finds nothing, from a laptop and from the node. */
  const expectHealthy = async (name: string) => {
    for (const [scenario, from] of Object.entries({ [name]: onLaptop(node()), [`${name}-node`]: onNode(node()) })) {
      const found = await look(scenario, from);
      expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf(nothing));
    }
  };
  return { node, look, expectHealthy };
}
