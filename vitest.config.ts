import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const BROWSER_TESTS = 'packages/*/test/**/*.browser.test.ts'

export default defineConfig({
  test: {
    // Runs once for all projects: one PostgreSQL, one migrated template.
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    // No test may leave anything in a module, so files can share one: a thousand tests start in a second instead of twelve.
    isolate: false,
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'bench/src/**/*.test.ts'], testTimeout: 10_000 },
      },
      {
        extends: true,
        test: { name: 'api', include: ['packages/*/test/**/*.test.ts'], exclude: [BROWSER_TESTS], testTimeout: 15_000 },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
