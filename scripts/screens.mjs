import { join } from 'node:path'
import { checkNode } from './lib/check-node.mjs'
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { root } from './lib/root.mjs'
import { main } from './lib/run.mjs'
import { runTests } from './lib/run-tests.mjs'

// Takes the pictures of docs/screens anew: every page in light and dark, wide and narrow.
checkNode()
await main(async () => {
  await ensureInstalled()
  await ensureBuilt('server', 'web')
  const args = ['--project', 'browser', 'packages/testkit/test/pages.browser.test.ts']
  const { exitCode, line } = await runTests(args, { PARLEY_SCREENS: join(root, 'docs/screens') })
  console.log(line)
  return exitCode
})
