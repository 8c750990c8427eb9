import type { FeedItem, FeedKind, FeedPage, LeadId, MessageId, NoteId, TaskId } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import { getLastSeq } from '../../events/list-events.ts'
import type { Deps } from '../deps.ts'
import { findMessages } from '../messages/message-queries.ts'
import { findNotes } from '../notes/note-queries.ts'
import { findTasks } from '../tasks/task-queries.ts'
import { ownersFor, type Viewer } from '../users/viewer.ts'
import {
  type Before,
  beforeIn,
  compareKeys,
  type FeedKey,
  RANKS,
  readFeedKey,
  type SourceName,
  writeFeedKey,
} from './feed-key.ts'
import { listChatsOfLead } from './lead-details.ts'
import { type ChangeRow, presentChanges } from './present-changes.ts'

type FeedDeps = Pick<Deps, 'db' | 'hotPool'>

interface Asked {
  viewer: Viewer
  leadId: LeadId
  before: Before | null
  limit: number
}

interface Entry extends FeedKey {
  source: SourceName
}

type Source = (deps: FeedDeps, asked: Asked) => Promise<{ at: Date; id: string | number }[]>

const SOURCES: Record<FeedKind, SourceName[]> = {
  message: ['message'],
  note: ['note'],
  task: ['taskMade', 'taskDone'],
  change: ['change'],
}

export const FEED_KINDS = Object.keys(SOURCES) as FeedKind[]

/**
 * Everything that happened with a lead: what was said in its chats, notes about it and its chats, tasks made and done, changes.
 *
 * Shape:  at most `limit` items; `next` is the key of the page of older ones, the same for all kinds.
 * Order:  newest first: messages by their sender's clock, everything else by ours.
 * Errors: `invalid_request` when `before` is not a key that was given out.
 */
export async function listFeed(
  deps: FeedDeps,
  viewer: Viewer,
  leadId: LeadId,
  page: { before: string | undefined; limit: number; kinds: readonly FeedKind[] },
): Promise<FeedPage> {
  // Read first: what happens after it comes again through the stream.
  const seq = await getLastSeq(deps.hotPool, viewer.account.id)
  const key = page.before === undefined ? undefined : readFeedKey(page.before)
  const names = page.kinds.flatMap((kind) => SOURCES[kind])
  const lists = await Promise.all(
    names.map(async (source): Promise<Entry[]> => {
      const before = key ? beforeIn(source, key) : null
      const rows = await LISTS[source](deps, { viewer, leadId, before, limit: page.limit + 1 })
      return rows.map(({ at, id }) => ({ source, at: at.getTime(), rank: RANKS[source], id: String(id) }))
    }),
  )
  const entries = lists.flat().sort(compareKeys)
  const shown = entries.slice(0, page.limit)
  const last = shown.at(-1)
  const items = await present(deps, viewer, shown)
  return { items, next: entries.length > page.limit && last ? writeFeedKey(last) : null, seq }
}

/** What of a source comes next; of one moment those that the key has not passed. */
const older = (at: RawBuilder<unknown>, id: RawBuilder<unknown>, before: Before | null): RawBuilder<unknown> => {
  if (!before) return sql`true`
  const moment = new Date(before.at)
  if (before.all) return sql`${at} <= ${moment}`
  return before.id === null ? sql`${at} < ${moment}` : sql`(${at}, ${id}) < (${moment}, ${before.id})`
}

const tasksBy =
  (column: 'created_at' | 'done_at'): Source =>
  async ({ db }, { viewer, leadId, before, limit }) => {
    const at = sql.ref(`k.${column}`)
    const { userIds } = ownersFor(viewer, 'tasks')
    const { rows } = await sql<{ at: Date; id: number }>`
      select k.id, ${at} as at from task k
      where k.account_id = ${viewer.account.id} and k.lead_id = ${leadId} and k.deleted_at is null and ${at} is not null
        and ${userIds === null ? sql`true` : sql`k.responsible_user_id = any (${userIds}::bigint[])`}
        and ${older(at, sql`k.id`, before)}
      order by ${at} desc, k.id desc limit ${limit}`.execute(db)
    return rows
  }

const LISTS: Record<SourceName, Source> = {
  async message({ db, hotPool }, { viewer, leadId, before, limit }) {
    const chatIds = await listChatsOfLead(hotPool, viewer, leadId)
    if (chatIds.length === 0) return []
    const { rows } = await sql<{ at: Date; id: string }>`
      select m.id, m.at from unnest(${chatIds}::uuid[]) as c (id)
      cross join lateral (
        select m.id, m.sent_at as at from message m
        where m.account_id = ${viewer.account.id} and m.chat_id = c.id
          and ${older(sql`m.sent_at`, sql`m.id`, before)}
        order by m.sent_at desc, m.id desc limit ${limit}) m
      order by m.at desc, m.id desc limit ${limit}`.execute(db)
    return rows
  },
  /** As with messages, a chat's are seen by who may see the chat, whatever lead they were written about. */
  async note({ db, hotPool }, { viewer, leadId, before, limit }) {
    const chatIds = await listChatsOfLead(hotPool, viewer, leadId)
    const page = sql`and ${older(sql`n.created_at`, sql`n.id`, before)}
      order by n.created_at desc, n.id desc limit ${limit}`
    const { rows } = await sql<{ at: Date; id: string }>`
      select n.id, n.created_at as at from (
        (select n.id, n.created_at from note n
         where n.account_id = ${viewer.account.id} and n.lead_id = ${leadId} and n.chat_id is null ${page})
        union all
        (select n.id, n.created_at from unnest(${chatIds}::uuid[]) as c (id)
         cross join lateral (
           select n.id, n.created_at from note n
           where n.account_id = ${viewer.account.id} and n.chat_id = c.id ${page}) n)
      ) n
      order by n.created_at desc, n.id desc limit ${limit}`.execute(db)
    return rows
  },
  taskMade: tasksBy('created_at'),
  taskDone: tasksBy('done_at'),
  async change({ db }, { viewer, leadId, before, limit }) {
    const { rows } = await sql<{ at: Date; id: number }>`
      select h.id, h.changed_at as at from lead_change h
      where h.account_id = ${viewer.account.id} and h.lead_id = ${leadId}
        and ${older(sql`h.changed_at`, sql`h.id`, before)}
      order by h.changed_at desc, h.id desc limit ${limit}`.execute(db)
    return rows
  },
}

async function present(deps: FeedDeps, viewer: Viewer, entries: readonly Entry[]): Promise<FeedItem[]> {
  const accountId = viewer.account.id
  const idsOf = (...sources: SourceName[]) =>
    entries.flatMap(({ source, id }) => (sources.includes(source) ? [id] : []))
  const [messages, notes, tasks, changes] = await Promise.all([
    findMessages(deps.hotPool, accountId, idsOf('message') as MessageId[]),
    findNotes(deps.hotPool, accountId, idsOf('note') as NoteId[]),
    findTasks(deps.hotPool, accountId, [...new Set(idsOf('taskMade', 'taskDone'))].map(Number) as TaskId[]),
    findChanges(deps, viewer, idsOf('change').map(Number)),
  ])
  const messageOf = new Map(messages.map((message) => [String(message.id), message]))
  const noteOf = new Map(notes.map((note) => [String(note.id), note]))
  const taskOf = new Map(tasks.map((task) => [String(task.id), task]))
  return entries.flatMap(({ source, at, id }): FeedItem[] => {
    const place = { at, key: `${source}:${id}` }
    if (source === 'message') {
      const message = messageOf.get(id)
      return message ? [{ ...place, kind: 'message', message }] : []
    }
    if (source === 'note') {
      const note = noteOf.get(id)
      return note ? [{ ...place, kind: 'note', note }] : []
    }
    if (source === 'change') {
      const change = changes.get(Number(id))
      return change ? [{ ...place, kind: 'change', change }] : []
    }
    const task = taskOf.get(id)
    return task ? [{ ...place, kind: 'task', did: source === 'taskDone' ? 'done' : 'made', task }] : []
  })
}

async function findChanges({ db }: FeedDeps, viewer: Viewer, ids: readonly number[]) {
  if (ids.length === 0) return new Map()
  const rows: ChangeRow[] = await db
    .selectFrom('lead_change as h')
    .leftJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'h.account_id').onRef('u.id', '=', 'h.actor_user_id'),
    )
    .select(['h.id', 'h.field', 'h.before', 'h.after', 'h.actor_user_id', 'u.name as actor_name'])
    .where('h.account_id', '=', viewer.account.id)
    .where('h.id', 'in', ids)
    .execute()
  return presentChanges(db, viewer.account.id, rows)
}
