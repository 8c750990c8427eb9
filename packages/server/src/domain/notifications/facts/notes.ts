import type { AccountId, ChatId, LeadId, NoteId, UserId } from '@parley/protocol/model'
import type pg from 'pg'
import { run, statementsOf } from '../../../db/statement.ts'
import type { StoredEvent } from '../../../events/list-events.ts'
import type { NewNotice } from '../new-notice.ts'

interface NoteRow {
  id: NoteId
  chat_id: ChatId | null
  lead_id: LeadId | null
  author_user_id: UserId
  mentions: UserId[]
}

const selectNotes = statementsOf('notifications')(
  'notes',
  `select id, chat_id, lead_id, author_user_id, to_jsonb(mentions) as mentions from note
   where account_id = $1 and id = any ($2::uuid[]) and deleted_at is null`,
)

/** Somebody was named in a note: told once, also when the note is edited. */
export async function noticesOfNotes(
  client: pg.ClientBase,
  accountId: AccountId,
  events: readonly StoredEvent[],
): Promise<NewNotice[]> {
  const ids = [...new Set(events.map((event) => event.note_id))]
  const rows = await run<NoteRow>(client, selectNotes, [accountId, ids])
  return rows.flatMap((note) =>
    note.mentions.map((targetId) => ({
      kind: 'mention' as const,
      fact: `mention:${note.id}:${targetId}`,
      targetId,
      actorId: note.author_user_id,
      chatId: note.chat_id,
      leadId: note.lead_id,
      noteId: note.id,
    })),
  )
}
