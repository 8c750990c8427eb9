import type { ShownMessage } from './shown-messages.ts'

export type ThreadRow =
  | { key: string; kind: 'day'; at: number }
  | { key: string; kind: 'unread' }
  /** `isFirst` and `isLast` within what one person wrote in one go. */
  | { key: string; kind: 'message'; message: ShownMessage; isFirst: boolean; isLast: boolean }

const ONE_GO_MS = 10 * 60_000

/** The rows of a conversation: days, the line before what is new, messages in groups. */
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
    const isFirst = isNewDay || isNew || !group || !isOneGo(group, message)
    const before = rows.at(-1)
    if (!isFirst && before?.kind === 'message') before.isLast = false
    rows.push({ key: message.id, kind: 'message', message, isFirst, isLast: true })
    day = messageDay
    group = message
  }
  return rows
}

function isOneGo(a: ShownMessage, b: ShownMessage): boolean {
  return (
    a.direction === b.direction &&
    a.author.kind === b.author.kind &&
    a.author.name === b.author.name &&
    Math.abs(b.sentAt - a.sentAt) < ONE_GO_MS
  )
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
