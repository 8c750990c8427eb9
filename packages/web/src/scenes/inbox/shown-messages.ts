import type { Me, Message } from '@parley/protocol/model'
import type { OutboxEntry } from '../../data/outbox/outbox-store.ts'
import type { ShownStatus } from '../../parts/Tick.tsx'

/** A message of the conversation, or a reply on its way to become one. */
export interface ShownMessage extends Omit<Message, 'status'> {
  status: ShownStatus
  /** Set while the server has not taken it. */
  waiting?: OutboxEntry
}

/** The conversation and, at its end, the replies the server does not have yet. Its copy takes a reply's place by id. */
export function joinMessages(messages: readonly Message[], waiting: readonly OutboxEntry[], me: Me): ShownMessage[] {
  const taken = new Set<string>(messages.map((message) => message.id))
  return [...messages, ...waiting.filter((entry) => !taken.has(entry.id)).map((entry) => toShown(entry, me))]
}

function toShown(entry: OutboxEntry, me: Me): ShownMessage {
  return {
    id: entry.id,
    chatId: entry.chatId,
    direction: 'out',
    author: { id: me.user.amojoId, kind: 'user', name: me.user.name },
    kind: 'text',
    text: entry.text,
    sentAt: entry.createdAt,
    receivedAt: entry.createdAt,
    status: entry.refusal ? 'failed' : 'sending',
    failure: null,
    waiting: entry,
  }
}
