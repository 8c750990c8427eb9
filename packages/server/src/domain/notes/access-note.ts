import type { ChatId, ContactId, LeadId, NoteId, UserId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Audience, isAmong, type Viewer } from '../users/viewer.ts'

interface NoteRow {
  id: NoteId
  chat_id: ChatId | null
  lead_id: LeadId | null
  contact_id: ContactId | null
  author_user_id: UserId
  area: 'leads' | 'contacts'
  owner_id: UserId | null
}

/** A chat's note is seen by who may see the chat now, whatever lead it was written about. */
const selectNote = statementsOf('notes')(
  'access',
  `select n.id, n.chat_id, n.lead_id, n.contact_id, n.author_user_id,
    case when n.chat_id is null and n.lead_id is null then 'contacts' else 'leads' end as area,
    case when n.chat_id is not null then cl.responsible_user_id
      when n.lead_id is not null then l.responsible_user_id
      else ct.responsible_user_id end as owner_id
  from note n
  left join chat_state s on s.account_id = n.account_id and s.chat_id = n.chat_id
  left join lead cl on cl.account_id = n.account_id and cl.id = s.lead_id and cl.deleted_at is null
  left join lead l on l.account_id = n.account_id and l.id = n.lead_id
  left join contact ct on ct.account_id = n.account_id and ct.id = n.contact_id
  where n.account_id = $1 and n.id = any ($2::uuid[])`,
)

export interface AccessedNote {
  id: NoteId
  chatId: ChatId | null
  leadId: LeadId | null
  contactId: ContactId | null
  audience: Audience
}

/**
 * The way in to a note somebody wants to change: who wrote it may, as long as he may see what it is about.
 * @throws {AppError} `not_found`: no such note in this account, or not for this viewer; `forbidden`: a colleague's
 */
export async function accessOwnNote(pool: Runner, viewer: Viewer, noteId: NoteId): Promise<AccessedNote> {
  const [row] = await run<NoteRow>(pool, selectNote, [viewer.account.id, [noteId]])
  const audience = row && { area: row.area, ownerId: row.owner_id }
  if (!row || !audience || !isAmong(audience, viewer))
    throw new AppError('not_found', 'There is no such note in this account.')
  if (row.author_user_id !== viewer.user.id)
    throw new AppError('forbidden', 'Only who wrote a note may change or delete it.')
  return { id: row.id, chatId: row.chat_id, leadId: row.lead_id, contactId: row.contact_id, audience }
}

/** Who may see each of these notes, for what is told of them. */
export async function findNoteAudiences(
  pool: Runner,
  accountId: Viewer['account']['id'],
  ids: readonly NoteId[],
): Promise<Map<NoteId, Audience>> {
  if (ids.length === 0) return new Map()
  const rows = await run<NoteRow>(pool, selectNote, [accountId, ids])
  return new Map(rows.map((row) => [row.id, { area: row.area, ownerId: row.owner_id }]))
}
