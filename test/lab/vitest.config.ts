import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/lab/**/*.test.ts'],
    globalSetup: ['test/lab/global-setup.ts'],
    // Each file in a process of its own: when that process ends, so does its lab. They wait more than they work, so two run side by side.
    pool: 'forks',
    maxWorkers: 2,
    // A busy machine delays what a real cluster does: then the fault is injected anew, once, and the report names the test that was retried.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
