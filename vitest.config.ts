import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**'],
    isolate: false,
    pool: 'threads',
    testTimeout: 20_000,
  },
});
