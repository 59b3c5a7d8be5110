import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**'],
    isolate: false,
    pool: 'threads',
    // By default one processor is left alone: on two that would be half of them.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
