import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first, so that both workers end at about the same time. */
const longest = ['deploy-sample', 'faults-1.37', 'faults-1.37-start', 'faults-1.37-behind', 'faults-1.37-served', 'node-faults', 'pods'];
const place = ({ moduleId }: TestSpecification) => {
  const found = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
  return found < 0 ? longest.length : found;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((a, b) => place(a) - place(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

export default defineConfig({
  test: {
    include: ['test/lab/**/*.test.ts'],
    globalSetup: ['test/lab/global-setup.ts'],
    tags: [{ name: 'more', description: 'Runs only with `npm run test:lab -- --all`.' }],
    sequence: { sequencer: LongestFirst },
    // Each file in a process of its own: when that process ends, so does its lab. They wait more than they work, so two run side by side.
    pool: 'forks',
    maxWorkers: 2,
    // A busy machine delays what a real cluster does: then the fault is injected again, once, and the report names the test that was retried.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
