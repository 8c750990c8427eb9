import type { ChatId, MessageId } from '@parley/protocol/model'
import type pg from 'pg'
import { columns, plainColumn, run } from '../../db/statement.ts'
import type { StoredMessage } from '../messages/inbound-message.ts'
import { authorIdOf, compare, type PlacedItem, receiverIdOf } from './batch.ts'
import * as sql from './statements.ts'

export const answerOf = (item: PlacedItem): StoredMessage => ({
  chatId: item.chatId,
  senderId: authorIdOf(item),
  receiverId: receiverIdOf(item),
  messageId: item.id,
  msgid: item.inbound.msgid,
})

/** Answers how many were not there before. */
export async function insertMessages(client: pg.ClientBase, placed: readonly PlacedItem[]): Promise<number> {
  // By chat and msgid: two nodes that bring the same messages wait for each other instead of in a circle.
  const sorted = [...placed].sort(
    (a, b) => compare(a.chatId, b.chatId) || compare(a.inbound.msgid, b.inbound.msgid) || compare(a.id, b.id),
  )
  const hasContent = sorted.some((item) => item.inbound.content !== null)
  const values = [
    plainColumn(sorted, (item) => item.scope.accountId),
    plainColumn(sorted, (item) => item.id),
    plainColumn(sorted, (item) => item.chatId),
    sorted.map((item) => item.inbound.msgid),
    plainColumn(sorted, (item) => item.inbound.author.kind),
    plainColumn(sorted, authorIdOf),
    plainColumn(sorted, receiverIdOf),
    plainColumn(sorted, (item) => item.inbound.kind),
    sorted.map((item) => item.inbound.text),
    hasContent
      ? sorted.map(({ inbound }) => (inbound.content === null ? null : JSON.stringify(inbound.content)))
      : plainColumn(sorted, () => null),
    plainColumn(sorted, (item) => item.inbound.sentAt.getTime()),
    plainColumn(sorted, (item) => item.receivedAtMs),
  ]
  return (await run(client, sql.insertMessages, values)).length
}

export interface Sifted {
  /** What was not there before, in order. */
  fresh: PlacedItem[]
  /** What the others repeat, by their own id. */
  repeats: Map<MessageId, StoredMessage>
}

/** Tells new messages from those that are stored already, or stand twice in the batch. */
export async function siftRepeats(client: pg.ClientBase, placed: readonly PlacedItem[]): Promise<Sifted> {
  const keys = columns(
    placed,
    (item) => item.scope.accountId,
    (item) => item.chatId,
    (item) => item.inbound.msgid,
  )
  interface Row {
    chat_id: ChatId
    msgid: string
    id: MessageId
    author_id: string
    receiver_id: string | null
  }
  const stored = new Map<string, StoredMessage>()
  for (const row of await run<Row>(client, sql.findRepeats, keys)) {
    stored.set(`${row.chat_id}/${row.msgid}`, {
      chatId: row.chat_id,
      senderId: row.author_id,
      receiverId: row.receiver_id,
      messageId: row.id,
      msgid: row.msgid,
    })
  }
  const sifted: Sifted = { fresh: [], repeats: new Map() }
  for (const item of placed) {
    const key = `${item.chatId}/${item.inbound.msgid}`
    const first = stored.get(key)
    if (first) sifted.repeats.set(item.id, first)
    else {
      stored.set(key, answerOf(item))
      sifted.fresh.push(item)
    }
  }
  return sifted
}
