import type { ChatId, Message, MessageId } from '@parley/protocol/model'
import { ApiRefusal } from '../api.ts'
import { planBackoff } from '../backoff.ts'
import type { OutboxEntry, OutboxStore } from './outbox-store.ts'

const BACKOFF = { firstMs: 1_000, maxMs: 60_000 }

export interface OutboxDeps {
  store: OutboxStore
  send(entry: OutboxEntry): Promise<Message>
  onSent(message: Message): void
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

/**
 * Sends replies: to the store first, then out, each chat in its own order, until the server has taken or refused them.
 * Sending twice is harmless (the server knows the id again), losing one is not: an entry leaves the store only when
 * the server has taken it or a person deletes it.
 */
export class Outbox {
  readonly #deps: OutboxDeps
  #entries: OutboxEntry[] = []

  constructor(deps: OutboxDeps) {
    this.#deps = deps
  }

  /** Reads the store, as after a start or when another tab changed it. */
  async refresh(): Promise<void> {
    this.#show(await this.#deps.store.list())
  }

  async enqueue(chatId: ChatId, text: string): Promise<void> {
    await this.#add({ id: this.#deps.newId(), chatId, text })
  }

  /** Tries a refused reply again. It leaves now, so it goes to the end. */
  async retry(id: MessageId): Promise<void> {
    const entry = this.#entries.find((one) => one.id === id)
    if (entry) await this.#add(entry)
  }

  async remove(id: MessageId): Promise<void> {
    this.#show(this.#entries.filter((entry) => entry.id !== id))
    await this.#deps.store.remove(id)
    this.#deps.announce()
  }

  /** Sends what waits; `hurry` also what waits for its next try. */
  async drain({ hurry = false } = {}): Promise<void> {
    await this.refresh()
    const chatIds = new Set(this.#entries.filter((entry) => !entry.refusal).map((entry) => entry.chatId))
    await Promise.all([...chatIds].map((chatId) => this.#drainChat(chatId, hurry)))
  }

  async #add(reply: Pick<OutboxEntry, 'id' | 'chatId' | 'text'>): Promise<void> {
    const latest = Math.max(0, ...this.#entries.map((entry) => entry.createdAt))
    const createdAt = Math.max(this.#deps.now(), latest + 1)
    const entry = {
      id: reply.id,
      chatId: reply.chatId,
      text: reply.text,
      createdAt,
      attempts: 0,
      nextTryAt: 0,
      refusal: null,
    }
    this.#show([...this.#entries.filter((one) => one.id !== entry.id), entry])
    await this.#deps.store.put(entry)
    this.#deps.announce()
    await this.#drainChat(entry.chatId, false)
  }

  async #drainChat(chatId: ChatId, hurry: boolean): Promise<void> {
    await this.#deps.withLock(chatId, async () => {
      for (;;) {
        const entry = (await this.#deps.store.list())
          .sort(byCreation)
          .find((one) => one.chatId === chatId && !one.refusal)
        if (!entry) return
        const isDue = entry.nextTryAt <= this.#deps.now()
        if ((!isDue && !hurry) || !(await this.#trySend(entry))) return this.#wakeFor(chatId)
      }
    })
  }

  /** True when the next reply of the chat may go. */
  async #trySend(entry: OutboxEntry): Promise<boolean> {
    try {
      const message = await this.#deps.send(entry)
      this.#deps.onSent(message)
      await this.remove(entry.id)
      return true
    } catch (error) {
      const next = afterFailure(entry, error, this.#deps.now(), this.#deps.random())
      await this.#deps.store.put(next)
      await this.refresh()
      this.#deps.announce()
      return next.refusal !== null
    }
  }

  async #wakeFor(chatId: ChatId): Promise<void> {
    const next = (await this.#deps.store.list()).sort(byCreation).find((one) => one.chatId === chatId && !one.refusal)
    if (next) this.#deps.wakeAt(next.nextTryAt, () => void this.#drainChat(chatId, false))
  }

  #show(entries: OutboxEntry[]): void {
    this.#entries = entries.sort(byCreation)
    this.#deps.onChange(this.#entries)
  }
}

const byCreation = (a: OutboxEntry, b: OutboxEntry) => a.createdAt - b.createdAt

/** What becomes of a reply whose try failed: it waits for another, or for a person when the server refused it. */
export function afterFailure(entry: OutboxEntry, error: unknown, now: number, random: number): OutboxEntry {
  if (error instanceof ApiRefusal && !isTemporary(error.status))
    return { ...entry, refusal: { message: error.message } }
  const attempts = entry.attempts + 1
  const askedMs = error instanceof ApiRefusal ? readRetryAfterMs(error) : 0
  return { ...entry, attempts, nextTryAt: now + Math.max(askedMs, planBackoff(attempts, BACKOFF, random)) }
}

/** 401: the person logs in again, then it goes. */
const isTemporary = (status: number) => status >= 500 || status === 401 || status === 408 || status === 429

/** A server may ask for patience, but not for more than a minute of it: a person waits here. */
function readRetryAfterMs(refusal: ApiRefusal): number {
  const seconds = refusal.details.retryAfterSeconds
  return typeof seconds === 'number' ? Math.min(BACKOFF.maxMs, seconds * 1_000) : 0
}
