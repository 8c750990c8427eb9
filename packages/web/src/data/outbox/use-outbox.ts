import type { ChatId, Message, Note } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import { addNote } from '../conversation/endpoints.ts'
import { sendMessage } from '../endpoints.ts'
import { type Dated, dated } from '../fresh.ts'
import { newMessageId } from '../new-id.ts'
import { isLoggedOut, loseSession } from '../session.ts'
import { showMessage, showNote } from '../show-answer.ts'
import { FileUnreadable } from '../upload-file.ts'
import { uploads } from '../use-uploads.ts'
import { wait } from '../wait.ts'
import { keepLocalUrls } from './local-urls.ts'
import { Outbox, type OutboxDeps } from './outbox.ts'
import { type OutboxEntry, openOutboxStore } from './outbox-store.ts'
import { toRequest } from './to-request.ts'

interface OutboxState<Sent> {
  /** Undefined until the store is open. */
  outbox: Outbox<Sent> | undefined
  entries: OutboxEntry[]
}

/** Replies on their way to clients. */
export const useOutbox = create<OutboxState<Dated<Message>>>()(() => ({
  outbox: undefined,
  entries: [],
}))

/** Notes on their way to colleagues: kept and sent apart from replies, by a way that leads to no client. */
export const useNoteOutbox = create<OutboxState<Dated<Note>>>()(() => ({ outbox: undefined, entries: [] }))

const NONE: readonly OutboxEntry[] = []

/** What of one chat the server has not taken, oldest first. */
export function waitingIn(entries: readonly OutboxEntry[], chatId: ChatId): readonly OutboxEntry[] {
  const own = entries.filter((entry) => entry.chatId === chatId)
  return own.length > 0 ? own : NONE
}

/** Opens the person's outboxes, sends what an earlier visit left, and keeps trying. Answers how to stop. */
export function startOutbox(client: QueryClient, scope: string): () => void {
  const stopReplies = run(`parley.outbox.${scope}`, useOutbox, {
    send: (entry) => dated(async () => (await sendMessage(entry.chatId, toRequest(entry))).message),
    onSent: (sent) => showMessage(client, sent),
    onShow: keepLocalUrls,
  })
  const stopNotes = run(`parley.notes.${scope}`, useNoteOutbox, {
    send: ({ id, chatId, text, mentions }) =>
      dated(async () => (await addNote({ chatId }, { id, text, ...(mentions && { mentions: [...mentions] }) })).note),
    onSent: (sent) => showNote(client, sent),
    onShow: () => undefined,
  })
  return () => {
    stopReplies()
    stopNotes()
    uploads.dropAll()
  }
}

interface Line<Sent> {
  send(entry: OutboxEntry): Promise<Sent>
  onSent(sent: Sent): void
  onShow(entries: readonly OutboxEntry[]): void
}

type Shown<Sent> = { setState(state: Partial<OutboxState<Sent>>): void }

function run<Sent>(name: string, shown: Shown<Sent>, line: Line<Sent>): () => void {
  const channel = new BroadcastChannel(name)
  const stopping = new AbortController()
  const { signal } = stopping

  async function open() {
    const store = await openOutboxStore(name)
    if (signal.aborted) return
    const outbox = new Outbox<Sent>({ ...browserDeps(name, channel, signal), ...sending(shown, line, signal), store })
    channel.onmessage = () => void outbox.refresh()
    window.addEventListener('online', () => void outbox.drain({ hurry: true }), { signal })
    shown.setState({ outbox })
    await outbox.drain({ hurry: true })
  }
  void open()

  return () => {
    stopping.abort()
    channel.close()
    shown.setState({ outbox: undefined, entries: [] })
    line.onShow([])
  }
}

function sending<Sent>(
  shown: Shown<Sent>,
  line: Line<Sent>,
  signal: AbortSignal,
): Pick<OutboxDeps<Sent>, 'send' | 'onSent' | 'onChange'> {
  return {
    async send(entry) {
      try {
        return await line.send(entry)
      } catch (error) {
        if (isLoggedOut(error)) loseSession()
        throw error
      }
    },
    onSent: line.onSent,
    onChange(entries) {
      if (signal.aborted) return
      shown.setState({ entries: [...entries] })
      line.onShow(entries)
    },
  }
}

function browserDeps(
  name: string,
  channel: BroadcastChannel,
  signal: AbortSignal,
): Omit<OutboxDeps<never>, 'store' | 'send' | 'onSent' | 'onChange'> {
  return {
    async upload({ key, blob, name }) {
      // It was brought by another screen, and is gone from the server since: nobody here can bring it again.
      if (!blob) throw new FileUnreadable('The file cannot be read any more')
      return uploads.start({ key, blob, name })
    },
    dropUpload: (key) => uploads.drop(key),
    announce: () => {
      if (!signal.aborted) channel.postMessage('changed')
    },
    withLock: lockOf(name),
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
    return async (name, work) => void (await navigator.locks.request(`${scope}.${name}`, work))
  }
  const turns = new Map<string, Promise<void>>()
  return (name, work) => {
    const turn = (turns.get(name) ?? Promise.resolve()).catch(() => undefined).then(work)
    turns.set(name, turn)
    return turn
  }
}
