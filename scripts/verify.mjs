import { join } from 'node:path'
import { checkNode } from './lib/check-node.mjs'
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { root } from './lib/root.mjs'
import { main, run, StepFailed } from './lib/run.mjs'
import { runTests } from './lib/run-tests.mjs'

const bin = (name) => join(root, 'node_modules/.bin', name)

/** What CI runs. `--no-tests`: they have just passed on this very tree. */
const steps = [
  ['lock file', process.execPath, ['scripts/complete-lock.mjs', '--check']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of the screens', bin('tsc'), ['-p', 'packages/web/tsconfig.json']],
  ['types of the service worker', bin('tsc'), ['-p', 'packages/web/src/service-worker/tsconfig.json']],
  ['lint and format', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['import rules', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'packages', 'bench']],
  ['dead code', bin('knip'), []],
  ['document of the API', process.execPath, ['scripts/api-docs.mjs', '--check']],
]

checkNode()
await main(async () => {
  await ensureInstalled()
  for (const [name, command, args] of steps) await timed(name, () => run(command, args))
  if (process.argv.includes('--no-tests')) return
  await ensureBuilt('server', 'web')
  let closingLine = ''
  try {
    await timed('tests', async () => {
      const { exitCode, line } = await runTests([])
      closingLine = line
      return exitCode
    })
  } finally {
    console.log(`\n${closingLine}`)
  }
})

/** Names the step, with its time; throws when it failed. */
async function timed(name, work) {
  const startedAt = performance.now()
  const exitCode = await work()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (exitCode !== 0) throw new StepFailed(`verify: ${name} failed after ${seconds} s.`, exitCode)
  console.log(`verify: ${name} ok, ${seconds} s`)
}
