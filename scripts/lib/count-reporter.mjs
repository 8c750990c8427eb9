import { writeFileSync } from 'node:fs'

/** Counts tests; the script that started vitest prints the line last, after everything vitest says. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[stateOf(test)] += 1
      // A file that could not be loaded has no tests, and is a failure nevertheless.
      if (module.errors().length > 0) counts.failed += 1
    }
    counts.failed += unhandledErrors.length
    writeFileSync(process.env.PARLEY_TEST_COUNTS, JSON.stringify(counts))
  }
}

function stateOf(test) {
  const { state } = test.result()
  return state === 'passed' || state === 'failed' ? state : 'skipped'
}
