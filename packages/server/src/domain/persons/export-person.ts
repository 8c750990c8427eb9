import type {
  ChatId,
  Contact,
  ContactDetails,
  ContactId,
  ExportedFile,
  LeadHistoryLine,
  LeadId,
  Message,
  NoteId,
  PersonExport,
  TaskId,
  UserId,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import { getContactDetails } from '../contacts/contact-details.ts'
import type { Deps } from '../deps.ts'
import { findLeads } from '../leads/lead-queries.ts'
import { listMessages, type MessagePlace } from '../messages/message-queries.ts'
import { findNotes } from '../notes/note-queries.ts'
import { findTasksInOrder } from '../tasks/task-queries.ts'
import { covers, ownersFor, type Viewer } from '../users/viewer.ts'
import { findEarlierTexts } from './earlier-texts.ts'
import { readNamedValues } from './named-values.ts'

type ExportDeps = Pick<Deps, 'db' | 'hotPool' | 'clock'>

const MESSAGES_AT_ONCE = 200

/**
 * Everything that is kept about a person (`PersonExport`), piece by piece: messages are read while they are sent, so that a
 * long history needs no more memory than a short one. It is written down who took it, before the first byte.
 * @throws {AppError} `not_found`; `forbidden`: a part of it is not the viewer's to see
 */
export async function exportPerson(
  deps: ExportDeps,
  viewer: Viewer,
  actor: Actor,
  id: ContactId,
): Promise<{ name: string; pieces: AsyncIterable<string> }> {
  const contact = await getContactDetails(deps, viewer, id)
  const about = await findAbout(deps, viewer, id)
  await deps.db.transaction().execute((tx) =>
    appendAudit(tx, actor, {
      at: deps.clock.now(),
      action: 'data.exported',
      target: { kind: 'contact', id, name: contact.name },
    }),
  )
  return { name: contact.name, pieces: toPieces(deps, viewer, contact, about) }
}

interface About {
  merged: Pick<Contact, 'id' | 'name'>[]
  leadIds: LeadId[]
  chats: ChatRow[]
}

interface ChatRow {
  id: ChatId
  channel: string
  created_at: Date
  lead_ids: LeadId[] | null
}

async function findAbout({ db }: ExportDeps, viewer: Viewer, id: ContactId): Promise<About> {
  const accountId = viewer.account.id
  const merged = await sql<About['merged'][number]>`
    with recursive same as (
      select id, name from contact where account_id = ${accountId} and merged_into = ${id}
      union select c.id, c.name from contact c join same on c.account_id = ${accountId} and c.merged_into = same.id)
    select id, name from same order by id`.execute(db)
  const leads = await sql<{ id: LeadId; responsible_user_id: UserId | null }>`
    select id, responsible_user_id from lead
    where account_id = ${accountId} and contact_id = ${id} and deleted_at is null order by id`.execute(db)
  const chats = await sql<ChatRow>`
    select c.id, coalesce(cn.title, ch.name) as channel, c.created_at,
      (select jsonb_agg(distinct t.lead_id) from talk t where t.account_id = c.account_id and t.chat_id = c.id) as lead_ids
    from participant p
    join chat c on c.account_id = p.account_id and c.participant_id = p.id
    join channel ch on ch.id = c.channel_id
    left join connection cn on cn.account_id = c.account_id and cn.channel_id = c.channel_id
    where p.account_id = ${accountId} and p.contact_id = ${id} order by c.created_at, c.id`.execute(db)
  const owners = ownersFor(viewer, 'leads')
  if (leads.rows.some((lead) => !covers(owners, lead.responsible_user_id)))
    throw new AppError(
      'forbidden',
      'Some leads of this person are not yours to see, so the file would not be whole. An admin can export it.',
    )
  return { merged: merged.rows, leadIds: leads.rows.map((lead) => lead.id), chats: chats.rows }
}

async function* toPieces(
  deps: ExportDeps,
  viewer: Viewer,
  contact: ContactDetails,
  about: About,
): AsyncGenerator<string> {
  const { db, hotPool, clock } = deps
  const { account } = viewer
  const { identities, merges: _, fields: __, ...row } = contact
  const head: Omit<PersonExport, 'leads' | 'tasks' | 'notes' | 'chats' | 'files'> = {
    format: 'parley-person',
    version: 1,
    exportedAt: clock.now().getTime(),
    account: { id: account.id, name: account.name },
    contact: { ...row, fields: await readNamedValues(db, account.id, 'contact', contact.id) },
    mergedContacts: about.merged,
    identities: identities.map(({ chatId: ___, ...identity }) => identity),
  }
  const rest = {
    leads: await readLeads(deps, viewer, about.leadIds),
    tasks: await findTasksInOrder(hotPool, account.id, await listIds<TaskId>(deps, viewer, 'task', contact.id, about)),
    notes: await findNotes(hotPool, account.id, await listIds<NoteId>(deps, viewer, 'note', contact.id, about)),
  }
  const files: ExportedFile[] = []
  yield `${JSON.stringify({ ...head, ...rest }).slice(0, -1)},"chats":[`
  for (const [index, chat] of about.chats.entries()) {
    yield index === 0 ? '' : ','
    yield* chatPieces(deps, viewer, chat, files)
  }
  yield `],"files":${JSON.stringify(files)}}\n`
}

async function readLeads({ db, hotPool }: ExportDeps, { account }: Viewer, ids: readonly LeadId[]) {
  const leads = await findLeads(hotPool, account.id, ids)
  return Promise.all(
    leads.map(async ({ fields: _, ...lead }) => {
      const changes = await sql<Omit<LeadHistoryLine, 'at'> & { changed_at: Date }>`
        select field, before, after, changed_at from lead_change
        where account_id = ${account.id} and lead_id = ${lead.id} order by id`.execute(db)
      return {
        ...lead,
        fields: await readNamedValues(db, account.id, 'lead', lead.id),
        changes: changes.rows.map(({ changed_at, ...line }) => ({ ...line, at: changed_at.getTime() })),
      }
    }),
  )
}

/** Of notes or tasks about the person, his leads or chats. */
async function listIds<Id extends TaskId | NoteId>(
  { db }: ExportDeps,
  { account }: Viewer,
  table: 'task' | 'note',
  contactId: ContactId,
  { leadIds, chats }: About,
): Promise<Id[]> {
  const chatIds = chats.map((chat) => chat.id)
  const { rows } = await sql<{ id: Id }>`
    select id from ${sql.table(table)} where account_id = ${account.id} and deleted_at is null and (
      contact_id = ${contactId} or lead_id = any (${leadIds}::bigint[]) or chat_id = any (${chatIds}::uuid[]))
    order by created_at, id`.execute(db)
  return rows.map((row) => row.id)
}

async function* chatPieces(
  { db, hotPool }: ExportDeps,
  { account }: Viewer,
  chat: ChatRow,
  files: ExportedFile[],
): AsyncGenerator<string> {
  const { id, channel, created_at: createdAt, lead_ids: leadIds } = chat
  const head = { id, channel, createdAt: createdAt.getTime(), leadIds: leadIds ?? [] }
  yield `${JSON.stringify(head).slice(0, -1)},"messages":[`
  let from: MessagePlace = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' }
  for (let isFirst = true; ; isFirst = false) {
    const run = { direction: 'newer' as const, from, limit: MESSAGES_AT_ONCE }
    const messages = await listMessages(hotPool, account.id, id, run)
    const earlier = await findEarlierTexts(db, account.id, messages)
    const texts = messages.map((message) => JSON.stringify({ ...message, earlierTexts: earlier.get(message.id) ?? [] }))
    files.push(...messages.flatMap(filesOf))
    if (texts.length > 0) yield (isFirst ? '' : ',') + texts.join(',')
    const last = messages.at(-1)
    if (!last || messages.length < MESSAGES_AT_ONCE) break
    from = { at: new Date(last.sentAt), id: last.id }
  }
  yield ']}'
}

function filesOf({ id, media }: Message): ExportedFile[] {
  if (!media?.url) return []
  const { fileName: name, mediaType, sizeBytes, url } = media
  return [{ messageId: id, name, mediaType, sizeBytes, url }]
}
