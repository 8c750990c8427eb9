import type { AccountId, ChatId, Message, MessageId, Note, NoteId, ThreadPage } from '@parley/protocol/model'
import type { Runner } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { isUuid, readPageKey, writePageKey } from '../../lib/page-key.ts'
import { findMessages, listMessages, type MessagePlace, type MessageRun } from '../messages/message-queries.ts'
import { findNotes, listChatNotes } from './note-queries.ts'

/** Which part of a conversation: the keys are those of a page, `around` is a time in milliseconds or somebody's id. */
export type ThreadPart =
  | { kind: 'newest' }
  | { kind: 'before'; key: string }
  | { kind: 'after'; key: string }
  | { kind: 'around'; place: string }

interface Chat {
  accountId: AccountId
  id: ChatId
}

interface Item extends MessagePlace {
  message?: Message
  note?: Note
}

/**
 * A part of a conversation with the notes at their places: both are read by key and merged, so any part of any length costs
 * the same.
 *
 * Order:  newest first, messages by the sender's clock and notes by ours.
 * Errors: `invalid_request` for a key that was not given out; `not_found` when `around` names what is not in this chat. An
 *         unknown chat is empty.
 */
export async function listThread(pool: Runner, chat: Chat, part: ThreadPart, limit: number): Promise<ThreadPage> {
  switch (part.kind) {
    case 'newest': {
      const { items, hasMore } = await take(pool, chat, { direction: 'older', from: undefined, limit })
      return toPage(items, { hasOlder: hasMore, hasNewer: false })
    }
    case 'before': {
      const { items, hasMore } = await take(pool, chat, { direction: 'older', from: readKey(part.key), limit })
      return toPage(items, { hasOlder: hasMore, hasNewer: true })
    }
    case 'after': {
      const { items, hasMore } = await take(pool, chat, { direction: 'newer', from: readKey(part.key), limit })
      return toPage(items.reverse(), { hasOlder: true, hasNewer: hasMore })
    }
    case 'around': {
      const from = await findPlace(pool, chat, part.place)
      const half = Math.ceil(limit / 2)
      const [older, newer] = await Promise.all([
        take(pool, chat, { direction: 'upTo', from, limit: half }),
        take(pool, chat, { direction: 'newer', from, limit: Math.max(1, limit - half) }),
      ])
      return toPage([...newer.items.reverse(), ...older.items], { hasOlder: older.hasMore, hasNewer: newer.hasMore })
    }
  }
}

/** Nearest first. */
async function take(
  pool: Runner,
  { accountId, id }: Chat,
  run: MessageRun,
): Promise<{ items: Item[]; hasMore: boolean }> {
  const more = { ...run, limit: run.limit + 1 }
  const [messages, notes] = await Promise.all([
    listMessages(pool, accountId, id, more),
    listChatNotes(pool, accountId, id, more),
  ])
  const sign = run.direction === 'newer' ? 1 : -1
  const items: Item[] = [
    ...messages.map((message) => ({ at: new Date(message.sentAt), id: message.id, message })),
    ...notes.map((note) => ({ at: new Date(note.createdAt), id: note.id, note })),
  ].sort((a, b) => sign * comparePlaces(a, b))
  return { items: items.slice(0, run.limit), hasMore: items.length > run.limit }
}

export function comparePlaces(a: MessagePlace, b: MessagePlace): number {
  const apartMs = a.at.getTime() - b.at.getTime()
  if (apartMs !== 0) return apartMs
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function toPage(items: readonly Item[], { hasOlder, hasNewer }: { hasOlder: boolean; hasNewer: boolean }): ThreadPage {
  return {
    items: items.flatMap(({ message }) => message ?? []),
    notes: items.flatMap(({ note }) => note ?? []),
    next: hasOlder ? keyOf(items.at(-1)) : null,
    previous: hasNewer ? keyOf(items[0]) : null,
  }
}

const keyOf = (item: Item | undefined) => (item ? writePageKey(item.at.getTime(), item.id) : null)

function readKey(key: string): MessagePlace {
  const { numbers, id } = readPageKey(key, 1)
  return { at: new Date(numbers[0] ?? 0), id }
}

/** Later than every id of the same moment. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** What a Date and a timestamp can both say. */
const FARTHEST_MS = 8.64e15

async function findPlace(pool: Runner, { accountId, id: chatId }: Chat, place: string): Promise<MessagePlace> {
  if (isUuid(place)) {
    const id = place.toLowerCase()
    const [[message], [note]] = await Promise.all([
      findMessages(pool, accountId, [id as MessageId]),
      findNotes(pool, accountId, [id as NoteId]),
    ])
    if (message?.chatId === chatId) return { at: new Date(message.sentAt), id }
    if (note?.chatId === chatId) return { at: new Date(note.createdAt), id }
    throw new AppError('not_found', 'There is no such message in this chat.')
  }
  const at = Number(place)
  if (place.trim() === '' || !Number.isSafeInteger(at) || Math.abs(at) > FARTHEST_MS)
    throw new AppError('invalid_request', 'around: must be a time in milliseconds since 1970, or the id of a message', {
      details: { field: 'around' },
    })
  return { at: new Date(at), id: LAST_ID }
}
