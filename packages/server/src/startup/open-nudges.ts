import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { createNudges, type Nudges } from '../events/nudges.ts'
import { StartError } from '../lib/start-error.ts'
import type { Closing } from './closing.ts'

/**
 * Nudges of this node alone, or joined with those of the others.
 * @throws {StartError} PARLEY_NATS_URL is set and nobody answers there
 */
export async function openNudges(config: Config, log: Logger, closing: Closing): Promise<Nudges> {
  const local = createNudges()
  if (config.natsUrl === undefined) return local
  const { connectNats } = await import('../events/connect-nats.ts')
  const shared = await connectNats(config.natsUrl, local, log).catch((error: Error) => {
    throw new StartError(error.message, { cause: error })
  })
  closing.add('nats', () => shared.close())
  return shared
}
