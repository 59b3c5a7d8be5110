import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest begins first: at the end no processor waits for the other one. Vitest knows only how long the files are. */
const longest = [
  'facts/kept-scenarios',
  'scenarios',
  'sources/canaries',
  'commands/no-answer',
  'hostile/hostile',
  'hostile/limits',
  'cli/output',
  'commands/check-apiservice',
].map((name) => `/test/${name}.test.ts`);
const rank = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((name) => moduleId.endsWith(name));
  return place < 0 ? longest.length : place;
};
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**'],
    isolate: false,
    pool: 'threads',
    // By default one processor is left alone: on two that would be half of them.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
