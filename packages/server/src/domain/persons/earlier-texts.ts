import type { AccountId, EarlierText, Message, MessageId, MessageKind } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'

/** What these messages said before they were edited, oldest first; those that never were have none. */
export async function findEarlierTexts(
  db: Db,
  accountId: AccountId,
  messages: readonly Message[],
): Promise<Map<MessageId, EarlierText[]>> {
  const ids = messages.filter((message) => message.editedAt !== null).map((message) => message.id)
  const found = new Map<MessageId, EarlierText[]>()
  if (ids.length === 0) return found
  const { rows } = await sql<{ message_id: MessageId; kind: MessageKind; body: string; replaced_at: Date }>`
    select message_id, kind, body, replaced_at from message_edit
    where account_id = ${accountId} and message_id = any (${ids}::uuid[]) order by message_id, version`.execute(db)
  for (const { message_id: id, kind, body, replaced_at } of rows)
    found.set(id, [...(found.get(id) ?? []), { kind, text: body, replacedAt: replaced_at.getTime() }])
  return found
}
