import { checkNode } from './lib/check-node.mjs'
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { main } from './lib/run.mjs'

// `npm run build`, or one of them: `node scripts/build.mjs server`.
const names = process.argv.slice(2)

checkNode()
await main(async () => {
  await ensureInstalled()
  await ensureBuilt(...(names.length > 0 ? names : ['server', 'web']))
})
