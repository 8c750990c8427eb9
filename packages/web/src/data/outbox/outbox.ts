import type { ChatId, Message, MessageId, UploadedFile } from '@parley/protocol/model'
import { ApiRefusal } from '../api.ts'
import { planBackoff } from '../backoff.ts'
import { isRefusedForGood } from '../refused-for-good.ts'
import type { OutboxEntry, OutboxFile, OutboxStore, Reply } from './outbox-store.ts'

const BACKOFF = { firstMs: 1_000, maxMs: 60_000 }

/** `Sent`: what the server makes of an entry. */
export interface OutboxDeps<Sent = Message> {
  store: OutboxStore
  /** Brings a file to the server; joins an upload of the same key that is under way. */
  upload(file: OutboxFile): Promise<UploadedFile>
  /** Stops it, and forgets it: the message was taken, or taken back. */
  dropUpload(key: string): void
  send(entry: OutboxEntry): Promise<Sent>
  onSent(sent: Sent): void
  /** The replies that wait, oldest first; told after every change. */
  onChange(entries: OutboxEntry[]): void
  /** Tells other tabs to look at the store again. */
  announce(): void
  /** One holder at a time over all tabs. */
  withLock(name: string, work: () => Promise<void>): Promise<void>
  wakeAt(time: number, wake: () => void): void
  newId(): MessageId
  now(): number
  random(): number
}

/** While a file is not up, nobody can have seen the message: it can be taken back. */
export const canTakeBack = (entry: OutboxEntry): boolean =>
  entry.file !== undefined && entry.file.uploaded === undefined && entry.refusal === null

/**
 * Sends replies: to the store first, then out (a file before its message), each chat in its own order, until the server
 * has taken or refused them.
 * Sending twice is harmless (the server knows the id again), losing one is not: an entry leaves the store only when
 * the server has taken it or a person deletes it.
 */
export class Outbox<Sent = Message> {
  readonly #deps: OutboxDeps<Sent>
  #entries: OutboxEntry[] = []
  /** On their way into the store, which may take a moment for a large file. */
  readonly #storing = new Map<MessageId, OutboxEntry>()
  /** Taken back; what is under way with them ends without a trace. */
  readonly #takenBack = new Set<MessageId>()

  constructor(deps: OutboxDeps<Sent>) {
    this.#deps = deps
  }

  /** Reads the store, as after a start or when another tab changed it. */
  async refresh(): Promise<void> {
    const stored = await this.#deps.store.list()
    const ids = new Set([...stored.map(({ id }) => id), ...this.#storing.keys()])
    // Taken back in another tab, while this one brings its file.
    for (const gone of this.#entries.filter((entry) => !ids.has(entry.id))) this.#stopUpload(gone)
    this.#show([...stored.filter(({ id }) => !this.#storing.has(id)), ...this.#storing.values()])
  }

  /** What is sent in one go keeps its order. */
  async enqueue(chatId: ChatId, ...replies: Reply[]): Promise<void> {
    await this.#add(replies.map((reply) => ({ ...reply, id: this.#deps.newId(), chatId })))
  }

  /** Tries a refused reply again. It leaves now, so it goes to the end. */
  async retry(id: MessageId): Promise<void> {
    const entry = this.#entries.find((one) => one.id === id)
    if (entry) await this.#add([entry])
  }

  async remove(id: MessageId): Promise<void> {
    for (const entry of this.#entries.filter((one) => one.id === id)) this.#stopUpload(entry)
    this.#storing.delete(id)
    this.#show(this.#entries.filter((entry) => entry.id !== id))
    await this.#deps.store.remove(id)
    this.#deps.announce()
  }

  /**
   * Takes back a file that is not up yet. Its caption goes to the next file of the same go.
   * Answers what of its text nobody bears now; undefined: too late, it is as good as sent.
   */
  async takeBack(id: MessageId): Promise<string | undefined> {
    const entry = this.#entries.find((one) => one.id === id)
    if (!entry || !canTakeBack(entry)) return undefined
    this.#takenBack.add(id)
    const heir = entry.mediaGroupId && this.#entries.find((one) => isHeir(one, entry))
    await this.remove(id)
    if (!heir) return entry.text
    const storing = this.#storing.get(heir.id)
    if (storing) this.#storing.set(heir.id, inherit(storing, entry))
    else await this.#deps.store.change(heir.id, (next) => inherit(next, entry))
    await this.refresh()
    this.#deps.announce()
    return ''
  }

  /** Sends what waits; `hurry` also what waits for its next try. */
  async drain({ hurry = false } = {}): Promise<void> {
    await this.refresh()
    const chatIds = new Set(this.#entries.filter((entry) => !entry.refusal).map((entry) => entry.chatId))
    await Promise.all([...chatIds].map((chatId) => this.#drainChat(chatId, hurry)))
  }

  async #add(replies: (Reply & Pick<OutboxEntry, 'id' | 'chatId'>)[]): Promise<void> {
    const latest = Math.max(0, ...this.#entries.map((entry) => entry.createdAt))
    const first = Math.max(this.#deps.now(), latest + 1)
    const fresh = { attempts: 0, nextTryAt: 0, refusal: null }
    const entries = replies.map((reply, index) => ({ ...reply, ...fresh, createdAt: first + index }))
    const ids = new Set(entries.map(({ id }) => id))
    for (const entry of entries) this.#storing.set(entry.id, entry)
    this.#show([...this.#entries.filter((one) => !ids.has(one.id)), ...entries])
    for (const id of ids) await this.#keep(id)
    this.#deps.announce()
    await Promise.all([...new Set(entries.map(({ chatId }) => chatId))].map((chatId) => this.#drainChat(chatId, false)))
  }

  /** It may be changed or taken back before it is stored. */
  async #keep(id: MessageId): Promise<void> {
    for (let entry = this.#storing.get(id); entry; entry = this.#storing.get(id)) {
      await this.#deps.store.put(entry)
      if (this.#storing.get(id) !== entry) continue
      this.#storing.delete(id)
      return
    }
    await this.#deps.store.remove(id)
  }

  async #drainChat(chatId: ChatId, hurry: boolean): Promise<void> {
    await this.#deps.withLock(chatId, async () => {
      for (;;) {
        const entry = await this.#findNext(chatId)
        if (!entry) return
        const isDue = entry.nextTryAt <= this.#deps.now()
        if ((!isDue && !hurry) || !(await this.#trySend(entry))) return this.#wakeFor(chatId)
      }
    })
  }

  async #findNext(chatId: ChatId): Promise<OutboxEntry | undefined> {
    const entries = (await this.#deps.store.list()).sort(byCreation)
    return entries.find((one) => one.chatId === chatId && !one.refusal && !this.#takenBack.has(one.id))
  }

  /** True when the next reply of the chat may go. */
  async #trySend(entry: OutboxEntry): Promise<boolean> {
    try {
      const ready = await this.#bringFile(entry)
      if (!ready || this.#takenBack.has(entry.id)) return true
      this.#deps.onSent(await this.#deps.send(ready))
      await this.remove(entry.id)
      return true
    } catch (error) {
      if (this.#takenBack.has(entry.id)) return true
      // Stopped with the screen, not by its person: it stays as it is.
      if (isAbort(error)) return false
      const isGone = isUploadGone(error, entry)
      if (isGone) this.#stopUpload(entry)
      const failure = { error, tried: entry, now: this.#deps.now(), random: this.#deps.random() }
      const next = await this.#deps.store.change(entry.id, (one) => afterFailure(one, failure))
      await this.refresh()
      this.#deps.announce()
      return next === undefined || next.refusal !== null || isGone
    }
  }

  /** The entry with its file up, stored as such; undefined when it was taken back meanwhile. */
  async #bringFile(entry: OutboxEntry): Promise<OutboxEntry | undefined> {
    if (!entry.file || entry.file.uploaded) return entry
    const uploaded = await this.#deps.upload(entry.file)
    const ready = await this.#deps.store.change(entry.id, (one) => withUpload(one, uploaded))
    if (ready) this.#show(this.#entries.map((one) => (one.id === ready.id ? ready : one)))
    return ready
  }

  async #wakeFor(chatId: ChatId): Promise<void> {
    const next = await this.#findNext(chatId)
    if (next) this.#deps.wakeAt(next.nextTryAt, () => void this.#drainChat(chatId, false))
  }

  #stopUpload({ file }: OutboxEntry): void {
    if (file) this.#deps.dropUpload(file.key)
  }

  #show(entries: OutboxEntry[]): void {
    this.#entries = entries.sort(byCreation)
    this.#deps.onChange(this.#entries)
  }
}

const byCreation = (a: OutboxEntry, b: OutboxEntry) => a.createdAt - b.createdAt
const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

const isHeir = (one: OutboxEntry, gone: OutboxEntry) =>
  one.id !== gone.id && one.mediaGroupId === gone.mediaGroupId && canTakeBack(one)

const inherit = (next: OutboxEntry, { text, replyTo }: OutboxEntry): OutboxEntry => ({
  ...next,
  text: [text, next.text].filter((part) => part !== '').join('\n'),
  ...(replyTo && { replyTo }),
})

const withUpload = (entry: OutboxEntry, uploaded: UploadedFile): OutboxEntry =>
  entry.file ? { ...entry, file: { ...entry.file, uploaded } } : entry

interface Failure {
  error: unknown
  /** The entry as the try began. */
  tried: OutboxEntry
  now: number
  random: number
}

/** What becomes of a reply whose try failed: it waits for another, or for a person when it was refused. */
function afterFailure(entry: OutboxEntry, { error, tried, now, random }: Failure): OutboxEntry {
  if (isRefusedForGood(error))
    return isUploadGone(error, tried) ? withoutUpload(entry) : { ...entry, refusal: { message: error.message } }
  const attempts = entry.attempts + 1
  const askedMs = error instanceof ApiRefusal ? readRetryAfterMs(error) : 0
  return { ...entry, attempts, nextTryAt: now + Math.max(askedMs, planBackoff(attempts, BACKOFF, random)) }
}

/** It was up long ago, and the server has thrown away since what nobody sent: it is brought once more. */
const isUploadGone = (error: unknown, tried: OutboxEntry) =>
  tried.file?.uploaded !== undefined && error instanceof ApiRefusal && error.message.startsWith('file.id:')

function withoutUpload(entry: OutboxEntry): OutboxEntry {
  if (!entry.file) return entry
  const { uploaded: _, ...file } = entry.file
  return { ...entry, file }
}

/** A server may ask for patience, but not for more than a minute of it: a person waits here. */
function readRetryAfterMs(refusal: ApiRefusal): number {
  const seconds = refusal.details.retryAfterSeconds
  return typeof seconds === 'number' ? Math.min(BACKOFF.maxMs, seconds * 1_000) : 0
}
