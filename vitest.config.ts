import { defineConfig } from 'vitest/config';

const setupFiles = ['test/support/setup.ts'];
const BROWSER = 'test/browser/**/*.test.ts';

/** What tests of the server run on; those of the registry of faults as well (vitest.faults.config.ts). */
export const CODE_TESTS = {
  globalSetup: 'test/support/cluster.ts',
  setupFiles,
  // A worker loads the product once, not once a file: half of the time of a run. What a file makes (database, server) it
  // closes; no module of the product may remember what belongs to one of them.
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'code',
          include: ['src/**/*.test.ts', 'db/**/*.test.ts', 'test/**/*.test.ts', 'web/src/**/*.test.ts'],
          exclude: [BROWSER, 'test/**/*.faults.test.ts'],
          ...CODE_TESTS,
        },
      },
      {
        test: {
          name: 'browser',
          include: [BROWSER],
          globalSetup: ['test/support/running-product.ts'],
          setupFiles,
          // After all other tests. Each worker has a product of its own (test/support/product.ts), since files that share one run one after the
          // other: an import refuses to be applied when somebody changed the catalogue since it was compared.
          sequence: { groupOrder: 1 },
          // A flow has some hundred steps. Each has a patience of its own (STEP_MS) and says what it waited for; this
          // is only there for what is stuck outside the page, so that a slow machine does not fail a sound test.
          testTimeout: 600_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 45_000 } },
        },
      },
    ],
  },
});
