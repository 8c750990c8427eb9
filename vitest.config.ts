import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const BROWSER_TESTS = 'packages/*/test/**/*.browser.test.ts'
/** They start the real command on an embedded PostgreSQL: with an external one they would only do the same once more. */
const EMBEDDED_TESTS = 'packages/cli/test/{serve,ephemeral,emulate,guides,crash,work-crash}.test.ts'
/** About what is said to whom: with another PostgreSQL, or with NATS, they would find nothing that the others do not. */
const ENGINE_BLIND_TESTS = [
  'packages/server/test/{access,document}/**',
  'packages/server/test/{every-method,unknown-paths,snippets,outgoing-addresses,limits,signature-check,any-message}.test.ts',
  'packages/server/test/{log-in,oauth,legacy-access,audited-acts,newcomers,message-kinds}.test.ts',
  'packages/server/test/fuzz/{no-server-errors,app-api,rules}.test.ts',
  'packages/*/test/{said-sentences,testkit,command-processes,cli}.test.ts',
]
const isExternal = Boolean(process.env.PARLEY_TEST_DATABASE_URL)

const common = {
  // No test may leave anything in a module, so files can share one: a thousand tests start in a second instead of twelve.
  isolate: false,
  // Every worker has a server with a pool of its own, and the embedded PostgreSQL takes 60 connections.
  maxWorkers: Math.min(availableParallelism(), 3),
}

export default defineConfig({
  test: {
    // Once for all projects (they must not extend this, or each would run its own): one PostgreSQL, one migrated template.
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'bench/src/**/*.test.ts'],
          testTimeout: 10_000,
        },
      },
      {
        test: {
          ...common,
          name: 'api',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: [BROWSER_TESTS, ...(isExternal ? [EMBEDDED_TESTS, ...ENGINE_BLIND_TESTS] : [])],
          testTimeout: 15_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        test: {
          ...common,
          name: 'browser',
          include: [BROWSER_TESTS],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 15_000 } },
          // On a machine with two cores a screen is now and then slower than anybody would wait; what is broken fails twice.
          retry: 1,
          // After the others: browsers want the machine, and their tests wait in real time.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
