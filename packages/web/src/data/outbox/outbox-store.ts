import type {
  ChatId,
  MessageButton,
  MessageId,
  Post,
  Quote,
  UploadedFile,
  UsedTemplate,
  UserId,
} from '@parley/protocol/model'

/** A file on its way into a message. */
export interface OutboxFile {
  /** Names its upload, from the moment it was attached. */
  key: string
  /** Absent of what was brought elsewhere: then it is up. */
  blob?: Blob
  name: string
  /** What the client sees it as; absent: as its bytes say. */
  as?: 'picture' | 'video' | 'audio' | 'voice' | 'file'
  /** Pixels, as far as they were measured. */
  width?: number
  height?: number
  durationMs?: number
  /** Loudness over time, 0 to 100, at most 64 values. */
  peaks?: number[]
  /** Set once the server has it: another try does not bring it again. */
  uploaded?: UploadedFile
}

/** What a person can send: a text, a file with its caption, or both of it in answer to something. */
export interface Reply {
  text: string
  file?: OutboxFile
  replyTo?: Quote
  /** What it becomes a comment under, because of what it answers. */
  post?: Post
  /** The same for files that were sent in one go. */
  mediaGroupId?: string
  buttons?: MessageButton[][]
  template?: UsedTemplate
  /** Of a note: colleagues who were picked by name. */
  mentions?: readonly UserId[]
}

/** A reply that the server has not taken yet. Those of earlier versions have a text only. */
export interface OutboxEntry extends Reply {
  id: MessageId
  chatId: ChatId
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
  /** Changes an entry in one step; one that was removed meanwhile stays away. Answers what is stored now. */
  change(id: MessageId, change: (entry: OutboxEntry) => OutboxEntry): Promise<OutboxEntry | undefined>
  remove(id: MessageId): Promise<void>
}

const STORE = 'replies'

/**
 * What is to be sent, on disk; in memory where the browser refuses a database (some private windows).
 * @param name  of the database: one per person, and one for notes apart from that for replies
 */
export async function openOutboxStore(name: string): Promise<OutboxStore> {
  try {
    return withSpare(onDisk(await openDatabase(name)))
  } catch {
    return createMemoryStore()
  }
}

function onDisk(database: IDBDatabase): OutboxStore {
  const replies = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE)
  return {
    list: () => settled<OutboxEntry[]>(replies('readonly').getAll()),
    put: async (entry) => void (await settled(replies('readwrite').put(entry))),
    async change(id, change) {
      const store = replies('readwrite')
      const entry = await settled<OutboxEntry | undefined>(store.get(id))
      if (!entry) return undefined
      const next = change(entry)
      await settled(store.put(next))
      return next
    },
    remove: async (id) => void (await settled(replies('readwrite').delete(id))),
  }
}

export function createMemoryStore(): OutboxStore {
  const entries = new Map<MessageId, OutboxEntry>()
  return {
    list: async () => [...entries.values()],
    put: async (entry) => void entries.set(entry.id, entry),
    async change(id, change) {
      const entry = entries.get(id)
      if (!entry) return undefined
      const next = change(entry)
      entries.set(id, next)
      return next
    },
    remove: async (id) => void entries.delete(id),
  }
}

/** What the disk does not take (it is full, or keeps no files) lives in this tab, so that it is sent all the same. */
export function withSpare(disk: OutboxStore, spare: OutboxStore = createMemoryStore()): OutboxStore {
  return {
    async list() {
      const kept = await spare.list()
      const ids = new Set(kept.map(({ id }) => id))
      return [...(await disk.list()).filter(({ id }) => !ids.has(id)), ...kept]
    },
    async put(entry) {
      try {
        await disk.put(entry)
        await spare.remove(entry.id)
      } catch {
        await spare.put(entry)
      }
    },
    async change(id, change) {
      return (await spare.change(id, change)) ?? disk.change(id, change)
    },
    async remove(id) {
      await Promise.all([disk.remove(id), spare.remove(id)])
    },
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
