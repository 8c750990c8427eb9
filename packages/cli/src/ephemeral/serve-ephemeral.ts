import { loadConfig, type RunningServer, StartError, startServer } from '@parley/server'
import { CommanderError } from 'commander'
import { describeStart } from '../commands/describe-start.ts'
import { untilTold } from '../until-told.ts'
import { cacheFolder } from './cache-folder.ts'
import type { EphemeralOptions } from './ephemeral-options.ts'
import { HookEndpoint } from './hook-endpoint.ts'
import { tellWhenParentIsGone } from './parent-gone.ts'
import { makeStartLine, type StartLine } from './start-line.ts'
import { makeThrowAwayFolder } from './throw-away-folder.ts'

// A terminal that is closed takes its throw-away servers with it.
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Runs until a signal, or until whoever started it has gone. The environment configures nothing but how much is logged. */
export async function serveEphemeral(options: EphemeralOptions): Promise<void> {
  try {
    const reason = await untilTold(SIGNALS, () => start(options), tellWhenParentIsGone)
    if (reason === 'ended') throw new StartError('The embedded PostgreSQL has ended by itself, so Parley stops.')
  } catch (error) {
    if (!options.json || !(error instanceof StartError)) throw error
    process.stdout.write(`${JSON.stringify({ error: { code: 'not_started', message: error.message } })}\n`)
    throw new CommanderError(1, 'parley.not_started', error.message)
  }
}

async function start({ json, port = 0, webhookUrl }: EphemeralOptions) {
  const hooks = await HookEndpoint.open(webhookUrl)
  const folder = makeThrowAwayFolder()
  let facts: StartLine | undefined
  const server = await startServer({
    ...readConfig(folder.path, port),
    ephemeral: {
      facts: () => facts,
      cacheDir: cacheFolder(process.env),
      hooks: () => hooks.taken,
      setHookFault: (fault) => hooks.setFault(fault),
    },
  }).catch(async (error: unknown) => {
    folder.remove()
    await hooks.close()
    throw error
  })
  const stop = async () => {
    await server.stop().finally(() => folder.remove())
    await hooks.close()
  }
  try {
    facts = await makeStartLine(server, server.sandbox!, { dataDir: folder.path, webhookUrl: hooks.url })
  } catch (error) {
    await stop()
    throw error
  }
  process.stdout.write(json ? `${JSON.stringify(facts)}\n` : describe(server, facts))
  return { ended: server.ended, stop }
}

function describe({ url, sandbox }: RunningServer, { admin_token, channel }: StartLine): string {
  const own = sandbox && { ...sandbox, channel: { ...sandbox.channel, webhookUrl: channel.webhook_url } }
  return `${describeStart({ url, sandbox: own })}  PARLEY_URL=${url} PARLEY_ADMIN_TOKEN=${admin_token}\n\n`
}

function readConfig(dataDir: string, port: number) {
  const { PARLEY_LOG_LEVEL = 'warn' } = process.env
  const own = { PARLEY_DATA_DIR: dataDir, PARLEY_PORT: String(port), PARLEY_SANDBOX: 'on', PARLEY_LOG_LEVEL }
  return loadConfig(own)
}
