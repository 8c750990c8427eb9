import { connect } from '@nats-io/transport-node'
import type { AccountId } from '@parley/protocol/model'
import type { Logger } from 'pino'
import type { Nudges } from './nudges.ts'

const SUBJECT = 'parley.events'
const WHISPERS = 'parley.whispers'

export interface SharedNudges extends Nudges {
  close(): Promise<void>
}

/**
 * Joins this node's nudges with those of the other nodes. Publishing is best effort: while NATS is away the other
 * nodes find out by looking (see `AccountFeed`).
 * @throws {Error} nobody answers at `url`
 */
export async function connectNats(url: string, local: Nudges, log: Logger): Promise<SharedNudges> {
  const nats = await connect({ servers: url, name: 'parley', maxReconnectAttempts: -1 }).catch((error: unknown) => {
    throw new Error(
      `NATS does not answer at ${url} (PARLEY_NATS_URL): ${error instanceof Error ? error.message : error}`,
    )
  })
  const subscription = nats.subscribe(`${SUBJECT}.*`, {
    callback: (error, message) => {
      const accountId = Number(message?.subject.slice(SUBJECT.length + 1))
      if (error) log.warn({ err: error }, 'a nudge from another node was lost')
      else if (Number.isSafeInteger(accountId)) local.nudge(accountId as AccountId)
    },
  })
  // A node hears its own messages, too; whispers reach this node's listeners that way, and only once.
  const whispers = nats.subscribe(`${WHISPERS}.*`, {
    callback: (error, message) => {
      const accountId = Number(message?.subject.slice(WHISPERS.length + 1))
      if (!error && Number.isSafeInteger(accountId)) local.whisper(accountId as AccountId, message.string())
    },
  })
  return {
    whisper(accountId, text) {
      if (nats.isClosed()) local.whisper(accountId, text)
      else nats.publish(`${WHISPERS}.${accountId}`, text)
    },
    overhear: (listener) => local.overhear(listener),
    nudge(accountId) {
      local.nudge(accountId)
      if (!nats.isClosed()) nats.publish(`${SUBJECT}.${accountId}`)
    },
    subscribe: (accountId, wake) => local.subscribe(accountId, wake),
    subscribeAll: (wake) => local.subscribeAll(wake),
    async close() {
      subscription.unsubscribe()
      whispers.unsubscribe()
      await nats.drain()
    },
  }
}
