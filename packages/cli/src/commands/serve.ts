import { type Config, loadConfig, type RunningServer, StartError, startServer } from '@parley/server'
import type { Command } from 'commander'
import { describeStart } from './describe-start.ts'

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Starts the server and stays until SIGTERM or Ctrl-C. Configured by PARLEY_… variables.')
    .action(serve)
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/** One Ctrl-C may reach us twice: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 300

/** Within this time after a signal the process is gone, whatever still hangs. The database then recovers at the next start. */
const GONE_AFTER_MS = 9_500

/**
 * Runs until told to stop. While starting there is nothing to finish, so a signal ends the process at once (PostgreSQL
 * ends with it); so does a second signal later on.
 * @throws {StartError} one sentence for the operator
 */
async function serve(): Promise<void> {
  let firstAt: number | undefined
  let tellToStop: () => void = () => process.exit(0)
  const onSignal = () => {
    if (firstAt !== undefined && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1)
    firstAt ??= performance.now()
    tellToStop()
  }
  for (const name of SIGNALS) process.on(name, onSignal)

  const server = await startServer(readConfig())
  const told = new Promise<'told'>((resolve) => {
    tellToStop = () => resolve('told')
  })
  process.stdout.write(describeStart(server))
  const reason = await Promise.race([told, server.ended.then(() => 'ended' as const)])
  await stop(server)
  if (reason === 'ended')
    throw new StartError('The embedded PostgreSQL has ended by itself, so Parley stops; nothing acknowledged is lost.')
}

async function stop(server: RunningServer): Promise<void> {
  const overdue = setTimeout(() => process.exit(1), GONE_AFTER_MS)
  overdue.unref()
  await server.stop()
  clearTimeout(overdue)
}

/**
 * JSON lines on a screen people read would bury what they look for: on a terminal only warnings and worse are logged
 * (to stderr), unless PARLEY_LOG_LEVEL says otherwise. Into a file or a collector goes everything from `info` up.
 */
function readConfig(): Config {
  const config = loadConfig(process.env)
  const isCalm = process.stderr.isTTY && !process.env.PARLEY_LOG_LEVEL
  return isCalm ? { ...config, logLevel: 'warn' } : config
}
