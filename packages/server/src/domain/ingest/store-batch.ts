import type { AccountId, MessageId } from '@parley/protocol/model'
import type pg from 'pg'
import { holdThisTurn, inOneWrite } from '../../db/statement.ts'
import { commitWithEvents } from '../../events/commit-with-events.ts'
import { enqueueFetches, type NewFetch } from '../media/enqueue-fetches.ts'
import type { StoredMessage } from '../messages/inbound-message.ts'
import { type ChatStateRow, type IngestItem, type PlacedItem, StaleCacheError } from './batch.ts'
import type { ChatCache, Lookup } from './chat-cache.ts'
import { followClients } from './follow-clients.ts'
import { moveCounters } from './move-counters.ts'
import { openAndNotify } from './open-and-notify.ts'
import { placeItems } from './resolve-chats.ts'
import { answerOf, insertMessages, siftRepeats } from './write-messages.ts'

export interface StoredBatch {
  /** One per item, in their order. A repeat answers the message stored first. */
  answers: StoredMessage[]
  /** Accounts with new events: nudge them. */
  accounts: AccountId[]
  /** Something is to be copied: nudge the media job. */
  hasFetches: boolean
}

/**
 * Stores a batch in one transaction: chats and people that are new, messages, what is to be copied, counters, leads, notifications,
 * events.
 *
 * Order:  messages of a chat keep the order of the items (their ids rise).
 * Locks:  participants, then chat_state, then account_seq, each in key order.
 * Errors: anything thrown has been rolled back whole; `StaleCacheError` means: clear the cache and try again.
 */
export async function storeBatch(
  client: pg.ClientBase,
  cache: ChatCache,
  items: readonly IngestItem[],
  newId: () => string,
): Promise<StoredBatch> {
  const deps = { client, cache, newId }
  // Repeats are rare: so messages and counters go out together, as if there were none. When there are some after all,
  // the counters were moved too far; that is undone, and everything is done again one step after the other.
  return (await tryToStore(deps, items, writeAtOnce)) ?? (await tryToStore(deps, items, writeCarefully)) ?? impossible()
}

interface BatchDeps {
  client: pg.ClientBase
  cache: ChatCache
  newId: () => string
}

interface Written {
  /** What was not there before. */
  fresh: readonly PlacedItem[]
  repeats: ReadonlyMap<MessageId, StoredMessage>
  states: readonly ChatStateRow[]
}

/** How messages and counters are written; undefined when it cannot be done this way. */
type Write = (client: pg.ClientBase, lookup: Lookup, placed: readonly PlacedItem[]) => Promise<Written | undefined>

async function tryToStore(
  { client, cache, newId }: BatchDeps,
  items: readonly IngestItem[],
  write: Write,
): Promise<StoredBatch | undefined> {
  // Nobody waits for the begin: what follows is on the wire right behind it, and fails with it.
  holdThisTurn(client)
  client.query('begin').catch(() => undefined)
  try {
    const lookup = cache.begin()
    const placed = await placeItems(client, lookup, items, newId)
    const written = await write(client, lookup, placed)
    if (!written) {
      await client.query('rollback')
      return undefined
    }
    const events = await openAndNotify(client, written.fresh, written.states)
    const accounts = await commitWithEvents(client, events)
    lookup.keep()
    const answers = placed.map((item) => written.repeats.get(item.id) ?? answerOf(item))
    const hasFetches = lookup.fetches.length > 0 || written.fresh.some((item) => item.inbound.links.length > 0)
    return { answers, accounts, hasFetches }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function writeAtOnce(
  client: pg.ClientBase,
  lookup: Lookup,
  placed: readonly PlacedItem[],
): Promise<Written | undefined> {
  await followClients(client, lookup, placed)
  const [inserted, states] = await writeTogether(client, lookup, placed)
  return inserted === placed.length ? { fresh: placed, states, repeats: new Map() } : undefined
}

async function writeCarefully(client: pg.ClientBase, lookup: Lookup, placed: readonly PlacedItem[]): Promise<Written> {
  const { fresh, repeats } = await siftRepeats(client, placed)
  if (fresh.length === 0) return { fresh, repeats, states: [] }
  await followClients(client, lookup, fresh)
  const [inserted, states] = await writeTogether(client, lookup, fresh)
  if (inserted !== fresh.length) throw new StaleCacheError('Another node has just stored one of these messages.')
  return { fresh, repeats, states }
}

/** On a pipelined connection: several statements, one round trip. */
function writeTogether(client: pg.ClientBase, lookup: Lookup, items: readonly PlacedItem[]) {
  return inOneWrite(client, () =>
    Promise.all([
      insertMessages(client, items),
      moveCounters(client, items),
      enqueueFetches(client, [...lookup.fetches, ...items.flatMap(fetchesOf)]),
    ]),
  )
}

function fetchesOf({ id, scope, inbound, receivedAtMs }: PlacedItem): NewFetch[] {
  return inbound.links.map((link) => ({
    ...link,
    accountId: scope.accountId,
    ownerKind: 'message',
    ownerId: id,
    maxBytes: scope.channel.maxFileBytes,
    dueAtMs: receivedAtMs,
  }))
}

function impossible(): never {
  throw new Error('A batch was not stored, and nothing says why.')
}
