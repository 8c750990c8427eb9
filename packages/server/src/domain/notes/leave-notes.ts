import type { ChatId, NoteId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'
import type { Viewer } from '../users/viewer.ts'

/** The same words for several chats, as a note in each; who is to read them is told otherwise, so nobody is named. */
export interface LeftNote {
  id: NoteId
  chatId: ChatId
}

/** Within a transaction of the caller's; answers the events to append last. */
export async function leaveNotes(
  tx: Tx,
  { account, user }: Viewer,
  notes: readonly LeftNote[],
  { text, now }: { text: string; now: Date },
): Promise<NewEvent[]> {
  if (notes.length === 0) return []
  await sql`
    insert into note (account_id, id, chat_id, lead_id, contact_id, author_user_id, body, created_at)
    select s.account_id, k.id, s.chat_id, s.lead_id, s.contact_id, ${user.id}, ${text}, ${now}
    from unnest(${notes.map((note) => note.id)}::uuid[], ${notes.map((note) => note.chatId)}::uuid[]) as k (id, chat_id)
    join chat_state s on s.account_id = ${account.id} and s.chat_id = k.chat_id`.execute(tx)
  return notes.map(({ id, chatId }) => ({ type: 'note.added', noteId: id, chatId, actorId: user.id }))
}

/** Takes them away again, as their author would; a stone stays where each stood. */
export async function takeNotesBack(
  tx: Tx,
  { account, user }: Viewer,
  ids: readonly NoteId[],
  now: Date,
): Promise<NewEvent[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<LeftNote>`
    update note set body = '', mentions = '{}', mention_names = '{}', deleted_at = ${now}
    where account_id = ${account.id} and id = any (${ids}::uuid[]) and author_user_id = ${user.id} and deleted_at is null
    returning id, chat_id as "chatId"`.execute(tx)
  return rows.map(({ id, chatId }) => ({ type: 'note.changed', noteId: id, chatId, actorId: user.id }))
}
