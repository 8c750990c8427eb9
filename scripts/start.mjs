import { checkNode } from './lib/check-node.mjs'
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { main } from './lib/run.mjs'

const LOOK_EVERY_MS = 250

checkNode()
await main(async () => {
  await ensureInstalled()
  await ensureBuilt('server', 'web')
  process.setSourceMapsEnabled(true)
  // In this very process: signals need no passing on, and there is one process less to start.
  stopWithNpm()
  process.argv.splice(2, Number.POSITIVE_INFINITY, 'serve')
  await import('../packages/cli/dist/parley.mjs')
})

/** npm hands a SIGTERM to the shell it started us in, and that shell dies of it without a word to us. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_EVERY_MS)
  timer.unref()
}
