import { checkNode } from './lib/check-node.mjs'
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { main } from './lib/run.mjs'
import { runTests } from './lib/run-tests.mjs'

checkNode()
await main(async () => {
  await ensureInstalled()
  await ensureBuilt('server', 'web') // the browser tests open what is built
  const { exitCode, line } = await runTests(process.argv.slice(2))
  console.log(`\n${line}`)
  return exitCode
})
