import type {
  ChangeNoteRequest,
  ChatId,
  ContactId,
  EventType,
  LeadId,
  NewNoteRequest,
  Note,
  NoteId,
  UserId,
} from '@parley/protocol/model'
import { findMentions } from '@parley/protocol/text'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { listWhoMaySee } from '../users/list-who-may-see.ts'
import type { Audience, Viewer } from '../users/viewer.ts'
import type { AccessedNote } from './access-note.ts'
import { findNotes, type NoteTarget } from './note-queries.ts'

type NoteDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/** What a note is written about, known to be the author's to see, and who else may see it. */
export interface NotePlaceOf {
  target: NoteTarget
  audience: Audience
}

/**
 * Writes a note. Safe to repeat: the same `id` answers the note written first.
 * @throws {AppError} `conflict`: the id is another note's
 */
export async function addNote(
  deps: NoteDeps,
  author: Viewer,
  { target, audience }: NotePlaceOf,
  request: NewNoteRequest,
): Promise<Note> {
  const accountId = author.account.id
  const id = request.id.toLowerCase() as NoteId
  const mentioned = await findMentioned(deps, author, audience, request)
  const isNew = await deps.db.transaction().execute(async (tx) => {
    const about = await describeTarget(tx, author, target)
    const inserted = await tx
      .insertInto('note')
      .values({
        account_id: accountId,
        id,
        ...about,
        author_user_id: author.user.id,
        body: request.text,
        ...mentioned,
        created_at: deps.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(['account_id', 'id']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!inserted) return false
    await appendEvents(tx, accountId, [eventOf('note.added', author, { id, ...toIds(about) })])
    return true
  })
  if (isNew) deps.nudge(accountId)
  const [note] = await findNotes(deps.hotPool, accountId, [id])
  if (!note || note.author.id !== author.user.id || !isAbout(note, target))
    throw new AppError('conflict', 'id: another note has this id. Make a new one (UUID) for every note.')
  return note
}

/** @throws {AppError} `conflict`: it was deleted */
export async function changeNote(
  deps: NoteDeps,
  author: Viewer,
  note: AccessedNote,
  request: ChangeNoteRequest,
): Promise<Note> {
  const mentioned = await findMentioned(deps, author, note.audience, request)
  const hasChanged = await update(deps, author, note, { body: request.text, ...mentioned, edited_at: deps.clock.now() })
  if (!hasChanged) throw new AppError('conflict', 'This note was deleted.')
  return getNote(deps, author, note.id)
}

/** Its text is gone for good; a stone stays where it stood. Safe to repeat. */
export async function deleteNote(deps: NoteDeps, author: Viewer, note: AccessedNote): Promise<Note> {
  await update(deps, author, note, { body: '', ...NOBODY, deleted_at: deps.clock.now() })
  return getNote(deps, author, note.id)
}

const NOBODY = { mentions: [] as UserId[], mention_names: [] as string[] }

/** False when it was deleted before. */
async function update(
  deps: NoteDeps,
  author: Viewer,
  note: AccessedNote,
  change: { body: string; mentions: UserId[]; mention_names: string[]; edited_at?: Date; deleted_at?: Date },
): Promise<boolean> {
  const accountId = author.account.id
  const hasChanged = await deps.db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('note')
      .set(change)
      .where('account_id', '=', accountId)
      .where('id', '=', note.id)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!changed) return false
    await appendEvents(tx, accountId, [eventOf('note.changed', author, note)])
    return true
  })
  if (hasChanged) deps.nudge(accountId)
  return hasChanged
}

async function getNote(deps: NoteDeps, { account }: Viewer, id: NoteId): Promise<Note> {
  const [note] = await findNotes(deps.hotPool, account.id, [id])
  if (!note) throw new AppError('not_found', 'There is no such note in this account.')
  return note
}

/** Colleagues named behind an @ who may see what the note is about; nobody else is told of it. */
async function findMentioned(
  { db }: Pick<Deps, 'db'>,
  { account, user }: Viewer,
  audience: Audience,
  { text, mentions = [] }: ChangeNoteRequest,
): Promise<{ mentions: UserId[]; mention_names: string[] }> {
  if (!text.includes('@')) return NOBODY
  const viewers = await listWhoMaySee(db, account.id, audience)
  const people = viewers.map((viewer) => ({ id: viewer.user.id, name: viewer.user.name }))
  const found = findMentions(text, people, mentions as UserId[])
  const names = new Map(found.map(({ id, name }) => [id, name]))
  // Oneself may be named, but is not called.
  names.delete(user.id)
  return { mentions: [...names.keys()], mention_names: [...names.values()] }
}

interface About {
  chat_id: ChatId | null
  lead_id: LeadId | null
  contact_id: ContactId | null
}

/** A chat's note belongs to the lead and the contact it has now. */
async function describeTarget(tx: Tx, { account }: Viewer, target: NoteTarget): Promise<About> {
  if ('leadId' in target) return { chat_id: null, lead_id: target.leadId, contact_id: null }
  if ('contactId' in target) return { chat_id: null, lead_id: null, contact_id: target.contactId }
  const { rows } = await sql<Omit<About, 'chat_id'>>`
    select lead_id, contact_id from chat_state
    where account_id = ${account.id} and chat_id = ${target.chatId}::uuid`.execute(tx)
  return {
    chat_id: target.chatId,
    lead_id: rows[0]?.lead_id ?? null,
    contact_id: rows[0]?.contact_id ?? null,
  }
}

const toIds = ({ chat_id, lead_id, contact_id }: About) => ({ chatId: chat_id, leadId: lead_id, contactId: contact_id })

/** An event names the nearest thing it is about; that is also whose audience hears of it. */
function eventOf(
  type: EventType & `note.${string}`,
  author: Viewer,
  { id, chatId, leadId, contactId }: Omit<AccessedNote, 'audience'>,
) {
  const about = chatId !== null ? { chatId } : leadId !== null ? { leadId } : { contactId }
  return { type, noteId: id, actorId: author.user.id, ...about }
}

function isAbout(note: Note, target: NoteTarget): boolean {
  if ('chatId' in target) return note.chatId === target.chatId
  if ('leadId' in target) return note.chatId === null && note.leadId === target.leadId
  return note.chatId === null && note.leadId === null && note.contactId === target.contactId
}
