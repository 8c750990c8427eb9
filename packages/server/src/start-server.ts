import { destination, pino } from 'pino'
import type { RunningServer } from './assemble-server.ts'
import type { Config } from './config.ts'
import type { Deps } from './domain/deps.ts'
import { Closing } from './startup/closing.ts'
import { openEngine } from './startup/open-engine.ts'

/**
 * Builds the server from its config. Tests pass `overrides`; below this file nobody reads the environment.
 * @throws {StartError} one sentence for the operator; then nothing is left running
 */
export async function startServer(config: Config, overrides: Partial<Deps> = {}): Promise<RunningServer> {
  const log = overrides.log ?? pino({ level: config.logLevel }, destination({ fd: 2, sync: true }))
  const closing = new Closing(log)
  try {
    // Most of the code is read and compiled while the database starts.
    const code = import('./assemble-server.ts')
    const engine = await openEngine(config, log)
    closing.add('database', engine.close)
    const { assembleServer } = await code
    return await assembleServer(config, { engine, overrides: { ...overrides, log }, closing })
  } catch (error) {
    await closing.run()
    throw error
  }
}
