import type { AccountId, MessageId } from '@parley/protocol/model'
import type pg from 'pg'
import { GroupCommit } from '../../lib/group-commit.ts'
import type { Deps } from '../deps.ts'
import type { Ingest, StoredMessage } from '../messages/inbound-message.ts'
import { type IngestItem, StaleCacheError } from './batch.ts'
import { ChatCache } from './chat-cache.ts'
import { storeBatch } from './store-batch.ts'

/** Larger batches gain nothing more and make everybody in them wait longer. */
const MAX_BATCH = 256
/** Chats and people remembered, each. About 40 MB when full. */
const CACHE_SIZE = 100_000

type IngestDeps = Pick<Deps, 'hotPool' | 'clock' | 'newId' | 'nudge' | 'nudgeMedia' | 'log'>

export interface RunningIngest extends Ingest {
  /** Resolves when everything handed over is answered. */
  settled(): Promise<void>
}

/**
 * The way in for clients' messages: requests that arrive while a commit is in flight form the next one.
 * An answer comes only after its commit; a message that cannot be stored is refused alone.
 */
export function createIngest(deps: IngestDeps): RunningIngest {
  const cache = new ChatCache(CACHE_SIZE)
  const group = new GroupCommit<IngestItem, StoredMessage>((items) => storeAll(deps, cache, items), MAX_BATCH)
  return {
    receive: (scope, inbound) =>
      group.add({ scope, inbound, id: deps.newId() as MessageId, receivedAtMs: deps.clock.now().getTime() }),
    settled: () => group.settled(),
  }
}

async function storeAll(
  deps: IngestDeps,
  cache: ChatCache,
  items: readonly IngestItem[],
): Promise<(StoredMessage | Error)[]> {
  try {
    return await storeOnce(deps, cache, items)
  } catch (error) {
    if (isConnectionLost(error)) throw error
    if (!isPassing(error))
      deps.log.warn({ err: error, items: items.length }, 'a batch failed; its messages are stored one by one')
  }
  // The cache may have been what was wrong; and one bad item must not fail its neighbours.
  cache.clear()
  const answers: (StoredMessage | Error)[] = []
  for (const item of items) answers.push(await storeAlone(deps, cache, item))
  return answers
}

async function storeAlone(deps: IngestDeps, cache: ChatCache, item: IngestItem): Promise<StoredMessage | Error> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [answer] = await storeOnce(deps, cache, [item])
      return answer ?? new Error('The batch gave no answer for this item.')
    } catch (error) {
      if (attempt >= 3 || !isPassing(error)) return error instanceof Error ? error : new Error(String(error))
      cache.clear()
    }
  }
}

async function storeOnce(deps: IngestDeps, cache: ChatCache, items: readonly IngestItem[]): Promise<StoredMessage[]> {
  const client = await deps.hotPool.connect()
  let isBroken = true
  try {
    const { answers, accounts, hasFetches } = await storeBatch(client, cache, items, deps.newId)
    isBroken = false
    if (hasFetches) deps.nudgeMedia()
    nudgeAll(deps, accounts)
    return answers
  } catch (error) {
    isBroken = isConnectionLost(error)
    throw error
  } finally {
    client.release(isBroken)
  }
}

function nudgeAll(deps: IngestDeps, accounts: readonly AccountId[]): void {
  for (const account of accounts) deps.nudge(account)
}

const sqlState = (error: unknown) => (error as Partial<pg.DatabaseError>).code ?? ''

/** Nobody is there, or stopped being there: trying item by item would only make everybody wait. */
function isConnectionLost(error: unknown): boolean {
  const isNetwork = /^(ECONN|EPIPE|ENOENT|ETIMEDOUT)/.test(sqlState(error))
  const isGoodbye = /^(08|57P)/.test(sqlState(error))
  return isNetwork || isGoodbye || (error instanceof Error && /connection/i.test(error.message))
}

/** Two nodes in each other's way (deadlock, serialisation), or a cache that was wrong: the next try is likely to succeed. */
function isPassing(error: unknown): boolean {
  return error instanceof StaleCacheError || ['40P01', '40001'].includes(sqlState(error))
}
