import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './root.mjs'
import { run } from './run.mjs'

const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const reporter = join(root, 'scripts/lib/count-reporter.mjs')

/** Runs the suite; answers the exit code and the closing line, which the caller prints as the very last one. */
export async function runTests(args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-tests-'))
  const countsFile = join(folder, 'counts.json')
  try {
    const command = [vitest, 'run', '--reporter=default', `--reporter=${reporter}`, ...args]
    const exitCode = await run(process.execPath, command, { env: { ...env, PARLEY_TEST_COUNTS: countsFile } })
    const { passed, failed, skipped } = readCounts(countsFile)
    return {
      exitCode: failed > 0 && exitCode === 0 ? 1 : exitCode,
      line: `${passed} passed, ${failed} failed, ${skipped} skipped`,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A run that died before its end counts as one failure. */
function readCounts(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
