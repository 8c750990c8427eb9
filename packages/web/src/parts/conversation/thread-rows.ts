import type { Post } from '@parley/protocol/model'
import { comparePlaces, placeOfMessage, placeOfNote } from '../../data/conversation/thread-pages.ts'
import type { ShownMessage, ShownNote } from './shown-messages.ts'

export type ThreadRow =
  | { key: string; kind: 'day'; at: number }
  | { key: string; kind: 'unread' }
  /** Above the first of several comments under one post. */
  | { key: string; kind: 'post'; post: Post }
  | NoteThreadRow
  | MessageThreadRow

export interface NoteThreadRow {
  key: string
  kind: 'note'
  note: ShownNote
}

export interface MessageThreadRow {
  key: string
  kind: 'message'
  /** Several when they are pictures that were sent in one go: an album. */
  messages: [ShownMessage, ...ShownMessage[]]
  /** `isFirst` and `isLast` within what one person wrote in one go. */
  isFirst: boolean
  isLast: boolean
}

const ONE_GO_MS = 10 * 60_000
const ALBUM_MOST = 30

type Said = { message: ShownMessage } | { note: ShownNote }

/** Messages and notes, each in order, as one conversation. */
function merge(messages: readonly ShownMessage[], notes: readonly ShownNote[]): Said[] {
  const said: Said[] = []
  let next = 0
  for (const message of messages) {
    for (; next < notes.length && isBefore(notes[next]!, message); next += 1) said.push({ note: notes[next]! })
    said.push({ message })
  }
  return [...said, ...notes.slice(next).map((note) => ({ note }))]
}

const isBefore = (note: ShownNote, message: ShownMessage) => {
  if (note.waiting && message.waiting) return note.createdAt < message.sentAt
  // What still waits here stands at the end, whatever the clocks say.
  if (note.waiting || message.waiting) return message.waiting !== undefined
  return comparePlaces(placeOfNote(note), placeOfMessage(message)) < 0
}

/** The rows of a conversation: days, the line before what is new, posts, messages in groups, notes between them. */
export function buildRows(
  messages: readonly ShownMessage[],
  notes: readonly ShownNote[],
  firstUnreadId: string | null,
  dayKey: (at: number) => string,
): ThreadRow[] {
  const rows: ThreadRow[] = []
  let day = ''
  let group: ShownMessage | undefined
  for (const said of merge(messages, notes)) {
    const at = 'note' in said ? said.note.createdAt : said.message.sentAt
    const isNewDay = dayKey(at) !== day
    day = dayKey(at)
    if (isNewDay) rows.push({ key: `day ${day}`, kind: 'day', at })
    if ('note' in said) {
      rows.push({ key: said.note.id, kind: 'note', note: said.note })
      group = undefined
      continue
    }
    const { message } = said
    const isNew = message.id === firstUnreadId
    if (isNew) rows.push({ key: 'unread', kind: 'unread' })
    const isNewPost = message.post !== undefined && message.post.id !== group?.post?.id
    if (isNewPost) rows.push({ key: `post ${message.id}`, kind: 'post', post: message.post! })
    const isFirst = isNewDay || isNew || isNewPost || !group || !isOneGo(group, message)
    addMessage(rows, message, isFirst)
    group = message
  }
  return rows
}

function addMessage(rows: ThreadRow[], message: ShownMessage, isFirst: boolean): void {
  const before = rows.at(-1)
  if (before?.kind === 'message' && !isFirst) {
    if (isSameAlbum(before.messages, message)) {
      before.messages.push(message)
      return
    }
    before.isLast = false
  }
  rows.push({ key: message.id, kind: 'message', messages: [message], isFirst, isLast: true })
}

function isSameAlbum(album: readonly ShownMessage[], message: ShownMessage): boolean {
  const last = album.at(-1)
  return (
    last !== undefined &&
    last.mediaGroupId !== undefined &&
    last.mediaGroupId === message.mediaGroupId &&
    album.length < ALBUM_MOST &&
    isTile(last) &&
    isTile(message)
  )
}

const isTile = ({ kind, media }: ShownMessage) => (kind === 'picture' || kind === 'video') && media !== undefined

function isOneGo(a: ShownMessage, b: ShownMessage): boolean {
  return (
    a.direction === b.direction &&
    a.author.kind === b.author.kind &&
    a.author.name === b.author.name &&
    a.post?.id === b.post?.id &&
    Math.abs(b.sentAt - a.sentAt) < ONE_GO_MS
  )
}

/** The row a message or a note is drawn in; -1 when it is not among them. */
export const findRow = (rows: readonly ThreadRow[], id: string): number => rows.findIndex((row) => isRowOf(row, id))

export function isRowOf(row: ThreadRow, id: string | null): boolean {
  if (row.kind === 'note') return row.note.id === id
  return row.kind === 'message' && row.messages.some((message) => message.id === id)
}

/** When what stands in a row was said; undefined for what only divides. */
export function timeOfRow(row: ThreadRow | undefined): number | undefined {
  if (row?.kind === 'message') return row.messages[0].sentAt
  if (row?.kind === 'note') return row.note.createdAt
  return row?.kind === 'day' ? row.at : undefined
}

/** The first row of a time or later, with the day above it; the last one when all are earlier. */
export function findRowAt(rows: readonly ThreadRow[], at: number): number {
  const index = rows.findIndex((row) => row.kind !== 'day' && (timeOfRow(row) ?? Number.NEGATIVE_INFINITY) >= at)
  if (index === -1) return rows.length - 1
  return rows[index - 1]?.kind === 'day' ? index - 1 : index
}

/** What a conversation with comments can be narrowed to: everything, what is no comment, or the comments of one post. */
export type ThreadFilter = 'all' | 'direct' | { postId: string | null }

export function filterMessages(messages: readonly ShownMessage[], filter: ThreadFilter): readonly ShownMessage[] {
  if (filter === 'all') return messages
  if (filter === 'direct') return messages.filter(({ post }) => post === undefined)
  return messages.filter(({ post }) => post !== undefined && post.id === filter.postId)
}

/** The posts there are comments under, in the order they come up. */
export function listPosts(messages: readonly ShownMessage[]): Post[] {
  const posts = new Map<string | null, Post>()
  for (const { post } of messages) if (post) posts.set(post.id, post)
  return [...posts.values()]
}

/** The oldest of the client's last `unread` messages; null when none is unread, or it is not loaded. */
export function findFirstUnread(messages: readonly ShownMessage[], unread: number): string | null {
  let left = unread
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index]!
    if (message.direction !== 'in') continue
    left -= 1
    if (left === 0) return message.id
  }
  return null
}

/** How many of the client's messages came after a given one; 0 when it is not there. */
export function countAfter(messages: readonly ShownMessage[], id: string | null): number {
  const index = messages.findLastIndex((message) => message.id === id)
  return index === -1 ? 0 : messages.slice(index + 1).filter((message) => message.direction === 'in').length
}

/** The one message that speaks for an album: the one with the caption, else the first. */
export const leadOf = (messages: MessageThreadRow['messages']): ShownMessage =>
  messages.find(({ text }) => text !== '') ?? messages[0]
