import { createConnection } from 'node:net'
import { checkNode } from './lib/check-node.mjs'
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { main, StepFailed } from './lib/run.mjs'
import { runTests } from './lib/run-tests.mjs'

const databaseUrl = process.env.PARLEY_TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const natsUrl = process.env.PARLEY_TEST_NATS_URL ?? 'nats://127.0.0.1:4222'

checkNode()
await main(async () => {
  if (!(await answers(databaseUrl, 5432))) {
    throw new StepFailed(`No PostgreSQL answers at ${hostOf(databaseUrl)}: start one, or set PARLEY_TEST_DATABASE_URL.`)
  }
  if (!(await answers(natsUrl, 4222))) {
    throw new StepFailed(`No NATS answers at ${hostOf(natsUrl)}: start one, or set PARLEY_TEST_NATS_URL.`)
  }
  await ensureInstalled()
  await ensureBuilt('server', 'web')
  const env = { PARLEY_TEST_DATABASE_URL: databaseUrl, PARLEY_TEST_NATS_URL: natsUrl }
  // What the screens do, they do over the API: a browser would find nothing out about a database that these do not. Nor would
  // tests that touch none.
  const { exitCode, line } = await runTests(['--project', 'api', ...process.argv.slice(2)], env)
  console.log(`\n${line}`)
  return exitCode
})

function hostOf(url) {
  return new URL(url).host
}

/** Whether somebody listens there; what they speak, the first test will find out. */
function answers(url, usualPort) {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = createConnection({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || usualPort),
      timeout: 3000,
    })
    const settle = (isUp) => {
      socket.destroy()
      resolve(isUp)
    }
    socket.once('connect', () => settle(true))
    for (const event of ['error', 'timeout']) socket.once(event, () => settle(false))
  })
}
