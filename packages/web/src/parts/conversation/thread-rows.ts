import type { Post } from '@parley/protocol/model'
import type { ShownMessage } from './shown-messages.ts'

export type ThreadRow =
  | { key: string; kind: 'day'; at: number }
  | { key: string; kind: 'unread' }
  /** Above the first of several comments under one post. */
  | { key: string; kind: 'post'; post: Post }
  | MessageThreadRow

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

/** The rows of a conversation: days, the line before what is new, posts, messages in groups. */
export function buildRows(
  messages: readonly ShownMessage[],
  firstUnreadId: string | null,
  dayKey: (at: number) => string,
): ThreadRow[] {
  const rows: ThreadRow[] = []
  let day = ''
  let group: ShownMessage | undefined
  for (const message of messages) {
    const messageDay = dayKey(message.sentAt)
    const isNewDay = messageDay !== day
    if (isNewDay) rows.push({ key: `day ${messageDay}`, kind: 'day', at: message.sentAt })
    const isNew = message.id === firstUnreadId
    if (isNew) rows.push({ key: 'unread', kind: 'unread' })
    const isNewPost = message.post !== undefined && message.post.id !== group?.post?.id
    if (isNewPost) rows.push({ key: `post ${message.id}`, kind: 'post', post: message.post! })
    const isFirst = isNewDay || isNew || isNewPost || !group || !isOneGo(group, message)
    addMessage(rows, message, isFirst)
    day = messageDay
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

/** The row a message is drawn in; -1 when it is not among them. */
export const findRow = (rows: readonly ThreadRow[], messageId: string): number =>
  rows.findIndex((row) => row.kind === 'message' && row.messages.some(({ id }) => id === messageId))

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
