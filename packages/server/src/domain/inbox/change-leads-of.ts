import type { ChatAction, ChatId, LeadId, NoteId, TagId, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { changeLeads, type LeadBefore } from '../leads/change-lead.ts'
import { leaveNotes, takeNotesBack } from '../notes/leave-notes.ts'
import { covers, ownersFor, type Viewer } from '../users/viewer.ts'
import type { Acting, Done, Undone } from './acting.ts'

/** Actions on the leads that chats belong to. */
export type LeadAction = Extract<ChatAction, { type: 'assign' | 'tag' | 'untag' }>

interface LeadOfChat {
  chat_id: ChatId
  lead_id: LeadId
  responsible_user_id: UserId | null
}

/** Hands over, tags. A chat without a lead, or with one that is not the viewer's to change, stays as it is. Locks the leads. */
export async function changeLeadsOf(
  tx: Tx,
  acting: Acting,
  chatIds: readonly ChatId[],
  action: LeadAction,
): Promise<Done> {
  const leads = await leadsOf(tx, acting.viewer, chatIds)
  const ids = [...new Set(leads.map((row) => row.lead_id))]
  const changed = await changeLeads(tx, authorOf(acting), ids, patchOf(action))
  const beforeOf = new Map(changed.before.map((before) => [before.leadId, before]))
  const before = leads.flatMap(({ chat_id, lead_id }): [ChatId, Before][] => {
    const was = beforeOf.get(lead_id)
    return was ? [[chat_id, hasNote(action) ? { ...was, noteId: acting.newId() as NoteId } : was]] : []
  })
  const notes = before.flatMap(([chatId, { noteId }]) => (noteId ? [{ id: noteId, chatId }] : []))
  const text = hasNote(action) ? action.note : ''
  const noteEvents = await leaveNotes(tx, acting.viewer, notes, { text, now: acting.now })
  return { before: new Map(before), events: [...changed.events, ...noteEvents] }
}

interface Before extends LeadBefore {
  /** What was left with it. */
  noteId?: NoteId
}

const hasNote = (action: LeadAction): action is LeadAction & { note: string } =>
  action.type === 'assign' && action.note !== undefined && action.note.trim() !== ''

const authorOf = ({ viewer, now }: Acting) => ({ accountId: viewer.account.id, userId: viewer.user.id, now })

function patchOf(action: LeadAction) {
  switch (action.type) {
    case 'assign':
      return { responsibleUserId: action.userId }
    case 'tag':
      return { addTagIds: action.tagIds }
    case 'untag':
      return { removeTagIds: action.tagIds }
  }
}

async function leadsOf(tx: Tx, viewer: Viewer, chatIds: readonly ChatId[]): Promise<LeadOfChat[]> {
  const { rows } = await sql<LeadOfChat>`
    select s.chat_id, l.id as lead_id, l.responsible_user_id
    from chat_state s
    join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
    where s.account_id = ${viewer.account.id} and s.chat_id = any (${chatIds}::uuid[])`.execute(tx)
  const seen = ownersFor(viewer, 'leads')
  const own = ownersFor(viewer, 'leads', 'edit')
  return rows.filter((row) => covers(seen, row.responsible_user_id) && covers(own, row.responsible_user_id))
}

/**
 * Puts back what the action changed and nobody has changed since. What one hands away may be out of one's sight afterwards:
 * taking it back is allowed all the same.
 */
export async function restoreLeadsOf(
  tx: Tx,
  acting: Acting,
  items: ReadonlyMap<ChatId, unknown>,
  action: LeadAction,
): Promise<Undone> {
  const before = items as ReadonlyMap<ChatId, Before>
  const restored = new Set<LeadId>()
  const events: NewEvent[] = []
  const asLeft = await stillAsLeft(tx, acting, [...before.values()], action)
  for (const { patch, leadIds } of groupByPatch(asLeft, action)) {
    const changed = await changeLeads(tx, authorOf(acting), leadIds, patch).catch((error: unknown) => {
      // Who had it may have left the company meanwhile.
      if (error instanceof AppError) return undefined
      throw error
    })
    for (const one of changed?.before ?? []) restored.add(one.leadId)
    events.push(...(changed?.events ?? []))
  }
  const back = [...before].filter(([, was]) => restored.has(was.leadId))
  const noteIds = back.flatMap(([, { noteId }]) => noteId ?? [])
  events.push(...(await takeNotesBack(tx, acting.viewer, noteIds, acting.now)))
  return { restored: back.map(([chatId]) => chatId), events }
}

async function stillAsLeft(
  tx: Tx,
  { viewer }: Acting,
  before: readonly LeadBefore[],
  action: LeadAction,
): Promise<LeadBefore[]> {
  const byId = new Map(before.map((one) => [one.leadId, one]))
  if (action.type !== 'assign') return [...byId.values()]
  const rows = await tx
    .selectFrom('lead')
    .select(['id', 'responsible_user_id'])
    .where('account_id', '=', viewer.account.id)
    .where('id', 'in', [...byId.keys()])
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.filter((row) => row.responsible_user_id === action.userId).flatMap((row) => byId.get(row.id) ?? [])
}

interface Back {
  patch: Parameters<typeof changeLeads>[3]
  leadIds: LeadId[]
}

function groupByPatch(before: readonly LeadBefore[], action: LeadAction): Back[] {
  const groups = new Map<string, Back>()
  for (const one of before) {
    const patch = backOf(one, action)
    const key = JSON.stringify(patch)
    const group = groups.get(key) ?? { patch, leadIds: [] }
    groups.set(key, group)
    group.leadIds.push(one.leadId)
  }
  return [...groups.values()]
}

function backOf({ values, addedTagIds, removedTagIds }: LeadBefore, action: LeadAction): Back['patch'] {
  if (action.type === 'assign') return { responsibleUserId: values.responsible_user_id ?? null }
  return { removeTagIds: addedTagIds satisfies TagId[], addTagIds: removedTagIds }
}
