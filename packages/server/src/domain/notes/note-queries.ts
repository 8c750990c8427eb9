import type { AccountId, AmojoId, ChatId, ContactId, LeadId, Note, NoteId, Page, UserId } from '@parley/protocol/model'
import { type Runner, run, type Statement, statementsOf } from '../../db/statement.ts'
import { readPageKey, writePageKey } from '../../lib/page-key.ts'
import type { MessagePlace, MessageRun } from '../messages/message-queries.ts'

interface NoteRow {
  id: NoteId
  chat_id: ChatId | null
  lead_id: LeadId | null
  contact_id: ContactId | null
  author_user_id: UserId
  author_amojo_id: AmojoId
  author_name: string
  body: string
  mention_ids: UserId[]
  mention_names: string[]
  created_at: Date
  edited_at: Date | null
  deleted_at: Date | null
}

/** What a note was written about. */
export type NoteTarget = { chatId: ChatId } | { leadId: LeadId } | { contactId: ContactId }

const statement = statementsOf('notes')

type Direction = 'asc' | 'desc'

/** Every read of notes is made of this, and so carries its tenant ($1). */
const notesFrom = (source: string, direction: Direction = 'desc') => `
  select n.id, n.chat_id, n.lead_id, n.contact_id, n.author_user_id, u.amojo_id as author_amojo_id, u.name as author_name,
    n.body, to_jsonb(n.mentions) as mention_ids, n.mention_names, n.created_at, n.edited_at, n.deleted_at
  from (${source}) n
  join account_user u on u.account_id = n.account_id and u.id = n.author_user_id
  order by n.created_at ${direction}, n.id ${direction}`

const byIds = statement('by_ids', notesFrom('select * from note n where n.account_id = $1 and n.id = any ($2::uuid[])'))

/** Where a page begins, as a condition on `n`, and how many it may hold ($3). */
const pageOf = (condition: string, direction: Direction) =>
  `${condition} order by n.created_at ${direction}, n.id ${direction} limit $3`

/** By an index of its own. */
const notesAbout = (column: 'chat_id' | 'lead_id' | 'contact_id', condition: string, direction: Direction) =>
  `select * from note n where n.account_id = $1 and n.${column} = $2::${column === 'chat_id' ? 'uuid' : 'bigint'}
   ${pageOf(condition, direction)}`

/** A lead's own; and those of chats that are its now, written when they were of a lead that was linked to it and is gone. */
const notesOfLead = (condition: string, direction: Direction) => `
  select * from (
    (${notesAbout('lead_id', condition, direction)})
    union all
    (select n.* from (
      select distinct t.chat_id from talk t
      join chat_state s on s.account_id = t.account_id and s.chat_id = t.chat_id
      where t.account_id = $1 and t.lead_id = $2::bigint and s.lead_id = $2::bigint
    ) own
    join note n on n.account_id = $1 and n.chat_id = own.chat_id and n.lead_id <> $2::bigint
    join lead gone on gone.account_id = n.account_id and gone.id = n.lead_id and gone.deleted_at is not null
    where true ${pageOf(condition, direction)})
  ) n ${pageOf('', direction)}`

const PLACE = '($4::timestamptz, $5::uuid)'

function pagesOf(name: string, source: (condition: string, direction: Direction) => string) {
  const page = (which: string, condition: string, direction: Direction) =>
    statement(`${which}_of_${name}`, notesFrom(source(condition, direction), direction))
  return {
    newest: page('newest', '', 'desc'),
    older: page('older', `and (n.created_at, n.id) < ${PLACE}`, 'desc'),
    upTo: page('up_to', `and (n.created_at, n.id) <= ${PLACE}`, 'desc'),
    newer: page('newer', `and (n.created_at, n.id) > ${PLACE}`, 'asc'),
  }
}

const pages = {
  chat: pagesOf('chat', (...page) => notesAbout('chat_id', ...page)),
  lead: pagesOf('lead', notesOfLead),
  contact: pagesOf('contact', (...page) => notesAbout('contact_id', ...page)),
}

/** Those of the ids that are notes of this account, stones included. */
export async function findNotes(pool: Runner, accountId: AccountId, ids: readonly NoteId[]): Promise<Note[]> {
  if (ids.length === 0) return []
  const rows = await run<NoteRow>(pool, byIds, [accountId, ids])
  return rows.map(toNote)
}

/**
 * The notes about a chat, a lead (its chats' included) or a contact.
 *
 * Shape:  at most `limit`; `next` is the key of the page of older ones. Deleted ones are stones: `isDeleted`, without text.
 * Order:  newest first.
 * Errors: `invalid_request` when `before` is not a key that was given out.
 */
export async function listNotes(
  pool: Runner,
  accountId: AccountId,
  target: NoteTarget,
  page: { before: string | undefined; limit: number },
): Promise<Page<Note>> {
  const { statements, id } = readTarget(target)
  const place = page.before === undefined ? undefined : readKey(page.before)
  const select = place ? statements.older : statements.newest
  const rows = await run<NoteRow>(pool, select, [accountId, id, page.limit + 1, ...(place ? [place.at, place.id] : [])])
  const items = rows.slice(0, page.limit)
  const last = items.at(-1)
  const next = rows.length > page.limit && last ? writePageKey(last.created_at.getTime(), last.id) : null
  return { items: items.map(toNote), next }
}

function readKey(key: string): MessagePlace {
  const { numbers, id } = readPageKey(key, 1)
  return { at: new Date(numbers[0] ?? 0), id }
}

function readTarget(target: NoteTarget): { statements: Record<'newest' | 'older', Statement>; id: string | number } {
  if ('chatId' in target) return { statements: pages.chat, id: target.chatId }
  if ('leadId' in target) return { statements: pages.lead, id: target.leadId }
  return { statements: pages.contact, id: target.contactId }
}

/** A run of a chat's notes, nearest to the place first; without a place, from the newest on. */
export async function listChatNotes(
  pool: Runner,
  accountId: AccountId,
  chatId: ChatId,
  { direction, from, limit }: MessageRun,
): Promise<Note[]> {
  const select = from ? pages.chat[direction] : pages.chat.newest
  const rows = await run<NoteRow>(pool, select, [accountId, chatId, limit, ...(from ? [from.at, from.id] : [])])
  return rows.map(toNote)
}

function toNote(row: NoteRow): Note {
  return {
    id: row.id,
    chatId: row.chat_id,
    leadId: row.lead_id,
    contactId: row.contact_id,
    author: { id: row.author_user_id, amojoId: row.author_amojo_id, name: row.author_name },
    text: row.body,
    mentions: row.mention_ids.map((userId, index) => ({ userId, name: row.mention_names[index] ?? '' })),
    createdAt: row.created_at.getTime(),
    editedAt: row.edited_at?.getTime() ?? null,
    isDeleted: row.deleted_at !== null,
  }
}
