import { type Config, loadConfig, StartError, startServer } from '@parley/server'
import { describeStart } from './commands/describe-start.ts'
import type { EphemeralOptions } from './ephemeral/ephemeral-options.ts'
import { serveEphemeral } from './ephemeral/serve-ephemeral.ts'
import { untilTold } from './until-told.ts'

/** @throws {StartError} one sentence for the operator */
export const serveHere = (options: EphemeralOptions): Promise<void> =>
  options.ephemeral ? serveEphemeral(options) : serve(options)

/**
 * Runs until told to stop.
 * @throws {StartError} one sentence for the operator
 */
async function serve(options: EphemeralOptions): Promise<void> {
  const stray = (['json', 'port', 'webhookUrl'] as const).find((name) => options[name] !== undefined)
  if (stray) throw new StartError(`--${stray === 'webhookUrl' ? 'webhook-url' : stray} goes with --ephemeral only.`)
  const reason = await untilTold(SIGNALS, async () => {
    const server = await startServer(readConfig())
    process.stdout.write(describeStart(server))
    return server
  })
  if (reason === 'ended')
    throw new StartError('The embedded PostgreSQL has ended by itself, so Parley stops; nothing acknowledged is lost.')
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/**
 * JSON lines on a screen people read would bury what they look for: on a terminal only warnings and worse are logged
 * (to stderr), unless PARLEY_LOG_LEVEL says otherwise. Into a file or a collector goes everything from `info` up.
 */
function readConfig(): Config {
  const config = loadConfig(process.env)
  const isCalm = process.stderr.isTTY && !process.env.PARLEY_LOG_LEVEL
  return isCalm ? { ...config, logLevel: 'warn' } : config
}
