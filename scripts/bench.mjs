import { checkNode } from './lib/check-node.mjs'
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { main, run } from './lib/run.mjs'

checkNode()
await main(async () => {
  await ensureInstalled()
  await ensureBuilt('server', 'bench')
  return run(process.execPath, ['--enable-source-maps', 'bench/dist/bench.mjs', ...process.argv.slice(2)])
})
