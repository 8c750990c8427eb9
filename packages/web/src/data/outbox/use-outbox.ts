import type { ChatId } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import { applyMessage } from '../apply-events.ts'
import { sendMessage } from '../endpoints.ts'
import { newMessageId } from '../new-id.ts'
import { isLoggedOut, loseSession } from '../session.ts'
import { uploads } from '../use-uploads.ts'
import { wait } from '../wait.ts'
import { keepLocalUrls } from './local-urls.ts'
import { Outbox, type OutboxDeps } from './outbox.ts'
import { type OutboxEntry, openOutboxStore } from './outbox-store.ts'
import { toRequest } from './to-request.ts'

interface OutboxState {
  /** Undefined until the store is open. */
  outbox: Outbox | undefined
  entries: OutboxEntry[]
}

export const useOutbox = create<OutboxState>()(() => ({ outbox: undefined, entries: [] }))

const NONE: readonly OutboxEntry[] = []

/** The replies of one chat that the server has not taken, oldest first. */
export function waitingIn(entries: readonly OutboxEntry[], chatId: ChatId): readonly OutboxEntry[] {
  const own = entries.filter((entry) => entry.chatId === chatId)
  return own.length > 0 ? own : NONE
}

/** Opens the person's outbox, sends what an earlier visit left, and keeps trying. Answers how to stop. */
export function startOutbox(client: QueryClient, scope: string): () => void {
  const channel = new BroadcastChannel(`parley.outbox.${scope}`)
  const stopping = new AbortController()
  const { signal } = stopping

  async function open() {
    const store = await openOutboxStore(scope)
    if (signal.aborted) return
    const outbox = new Outbox({ ...browserDeps(client, scope, channel, signal), store })
    channel.onmessage = () => void outbox.refresh()
    window.addEventListener('online', () => void outbox.drain({ hurry: true }), { signal })
    useOutbox.setState({ outbox })
    await outbox.drain({ hurry: true })
  }
  void open()

  return () => {
    stopping.abort()
    channel.close()
    uploads.dropAll()
    useOutbox.setState({ outbox: undefined, entries: [] })
    keepLocalUrls([])
  }
}

function browserDeps(
  client: QueryClient,
  scope: string,
  channel: BroadcastChannel,
  signal: AbortSignal,
): Omit<OutboxDeps, 'store'> {
  return {
    upload: (file) => uploads.start(file),
    dropUpload: (key) => uploads.drop(key),
    async send(entry) {
      try {
        return (await sendMessage(entry.chatId, toRequest(entry))).message
      } catch (error) {
        if (isLoggedOut(error)) loseSession()
        throw error
      }
    },
    onSent: (message) => applyMessage(client, message),
    onChange: (entries) => {
      if (signal.aborted) return
      useOutbox.setState({ entries: [...entries] })
      keepLocalUrls(entries)
    },
    announce: () => {
      if (!signal.aborted) channel.postMessage('changed')
    },
    withLock: lockOf(scope),
    wakeAt(time, wake) {
      void wait(time - Date.now(), signal).then(() => !signal.aborted && wake())
    },
    newId: newMessageId,
    now: Date.now,
    random: Math.random,
  }
}

/** Over all tabs where the browser has locks (pages served safely), else within this one. */
function lockOf(scope: string): OutboxDeps['withLock'] {
  if ('locks' in navigator) {
    return async (name, work) => void (await navigator.locks.request(`parley.outbox.${scope}.${name}`, work))
  }
  const turns = new Map<string, Promise<void>>()
  return (name, work) => {
    const turn = (turns.get(name) ?? Promise.resolve()).catch(() => undefined).then(work)
    turns.set(name, turn)
    return turn
  }
}
