import type { ChatId, MessageId } from '@parley/protocol/model'

/** A reply that the server has not taken yet. */
export interface OutboxEntry {
  id: MessageId
  chatId: ChatId
  text: string
  /** Orders the replies of a chat; no two of one tab are equal. */
  createdAt: number
  /** Tries that got no answer. */
  attempts: number
  nextTryAt: number
  /** The server refused it: it waits for a person. */
  refusal: { message: string } | null
}

export interface OutboxStore {
  list(): Promise<OutboxEntry[]>
  put(entry: OutboxEntry): Promise<void>
  remove(id: MessageId): Promise<void>
}

const STORE = 'replies'

/** Replies on disk, one database per person; in memory where the browser refuses a database (some private windows). */
export async function openOutboxStore(scope: string): Promise<OutboxStore> {
  try {
    const database = await openDatabase(`parley.outbox.${scope}`)
    const replies = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE)
    return {
      list: () => settled<OutboxEntry[]>(replies('readonly').getAll()),
      put: async (entry) => void (await settled(replies('readwrite').put(entry))),
      remove: async (id) => void (await settled(replies('readwrite').delete(id))),
    }
  } catch {
    return createMemoryStore()
  }
}

export function createMemoryStore(): OutboxStore {
  const entries = new Map<MessageId, OutboxEntry>()
  return {
    list: async () => [...entries.values()],
    put: async (entry) => void entries.set(entry.id, entry),
    remove: async (id) => void entries.delete(id),
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' })
  return settled(opening)
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
