import type { AccountId, ChatId, LeadId, MessageId, TalkId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'
import { readNotices } from '../chats/mark-chat-read.ts'
import { covers, ownersFor } from '../users/viewer.ts'
import type { Acting, Done, Undone } from './acting.ts'
import { type ChatRow, eventOf, lockChats, type RestingState, writeChats } from './chat-rows.ts'
import { type PlannedChat, planChat, type StateAction } from './plan-chat.ts'

/** As JSON: times in milliseconds. */
interface KeptState extends Pick<RestingState, 'unread' | 'restUnread' | 'talkId'> {
  waitingSince: number | null
  closedAt: number | null
  snoozedUntil: number | null
}

/** What an undo goes back to, and what it must find. */
interface Before {
  was: KeptState
  state: ChatRow['state']
  left: KeptState
  lastMessageId: MessageId | null
  /** Talks that were closed; talks that were opened again, and when they had been closed. */
  closedTalks: TalkId[]
  openedTalks: { id: TalkId; closedAt: number }[]
}

interface Change {
  row: ChatRow
  plan: PlannedChat
}

/** Closes, opens, puts to rest, wakes, reads. Locks the chats' counters, then their talks. */
export async function changeStates(
  tx: Tx,
  acting: Acting,
  chatIds: readonly ChatId[],
  action: StateAction,
): Promise<Done> {
  const { viewer, now } = acting
  const accountId = viewer.account.id
  const owners = ownersFor(viewer, 'leads')
  const rows = (await lockChats(tx, accountId, chatIds)).filter((row) => covers(owners, row.responsibleId))
  const changes = rows.flatMap((row): Change[] => {
    const plan = planChat(row, action, now)
    return plan ? [{ row, plan }] : []
  })
  const closed = await closeTalks(tx, acting, changes)
  const opened = await reopenTalks(tx, accountId, changes)
  const written = changes.map(({ row, plan }) => {
    const talkId = opened.find((talk) => talk.chatId === row.chatId)?.id ?? plan.to.talkId
    return { chatId: row.chatId, ...plan.to, talkId }
  })
  await writeChats(tx, accountId, written)
  const before = changes.map(({ row }, index): [ChatId, Before] => [
    row.chatId,
    {
      was: keep(row),
      state: row.state,
      left: keep(written[index] ?? row),
      lastMessageId: row.lastMessageId,
      closedTalks: closed.filter((talk) => talk.chatId === row.chatId).map((talk) => talk.id),
      openedTalks: opened.filter((talk) => talk.chatId === row.chatId).map(({ id, closedAt }) => ({ id, closedAt })),
    },
  ])
  const notices = action.type === 'read' ? await tellRead(tx, acting, chatIds) : []
  const events = changes.map(({ row, plan }) => eventOf(row, plan.state, plan.to.unread, viewer.user.id))
  return { before: new Map(before), events: [...events, ...notices] }
}

async function tellRead(tx: Tx, { viewer }: Acting, chatIds: readonly ChatId[]): Promise<NewEvent[]> {
  const hasRead = await readNotices(tx, { accountId: viewer.account.id, userId: viewer.user.id, chatIds })
  return hasRead ? [{ type: 'notification.read', userId: viewer.user.id }] : []
}

/** Puts chats back as they were, those that are as they were left. */
export async function restoreStates(tx: Tx, { viewer }: Acting, items: ReadonlyMap<ChatId, unknown>): Promise<Undone> {
  const accountId = viewer.account.id
  const owners = ownersFor(viewer, 'leads')
  const rows = await lockChats(tx, accountId, [...items.keys()])
  const back = rows.flatMap((row) => {
    const before = items.get(row.chatId) as Before
    const isAsLeft = same(keep(row), before.left) && row.lastMessageId === before.lastMessageId
    return isAsLeft && covers(owners, row.responsibleId) ? [{ row, before }] : []
  })
  const closed = back.flatMap(({ before }) => before.closedTalks)
  const opened = back.flatMap(({ before }) => before.openedTalks)
  await setTalks(tx, accountId, [
    ...closed.map((id) => ({ id, closedAt: null })),
    ...opened.map(({ id, closedAt }) => ({ id, closedAt: new Date(closedAt) })),
  ])
  await writeChats(
    tx,
    accountId,
    back.map(({ row, before }) => ({ chatId: row.chatId, ...unfold(before.was) })),
  )
  return {
    restored: back.map(({ row }) => row.chatId),
    events: back.map(({ row, before }) => eventOf(row, before.state, before.was.unread, viewer.user.id)),
  }
}

const keep = (row: RestingState): KeptState => ({
  unread: row.unread,
  restUnread: row.restUnread,
  talkId: row.talkId,
  waitingSince: row.waitingSince?.getTime() ?? null,
  closedAt: row.closedAt?.getTime() ?? null,
  snoozedUntil: row.snoozedUntil?.getTime() ?? null,
})

const toDate = (ms: number | null) => (ms === null ? null : new Date(ms))

const unfold = ({ waitingSince, closedAt, snoozedUntil, ...rest }: KeptState): RestingState => ({
  ...rest,
  waitingSince: toDate(waitingSince),
  closedAt: toDate(closedAt),
  snoozedUntil: toDate(snoozedUntil),
})

const same = (a: KeptState, b: KeptState) =>
  Object.entries(a).every(([key, value]) => b[key as keyof KeptState] === value)

interface Talk {
  id: TalkId
  chatId: ChatId
}

/** A chat's own talk, and those of the posts commented on in it. */
async function closeTalks(tx: Tx, { viewer, now }: Acting, changes: readonly Change[]): Promise<Talk[]> {
  const chats = changes.filter(({ plan }) => plan.talks === 'close').map(({ row }) => row)
  if (chats.length === 0) return []
  const { rows } = await sql<{ id: TalkId; chat_id: ChatId }>`
    update talk t set closed_at = ${now}
    from (
      select unnest(${chats.map((row) => row.talkId)}::bigint[]) as talk_id
      union
      select talk_id from chat_post
      where account_id = ${viewer.account.id} and chat_id = any (${chats.map((row) => row.chatId)}::uuid[])) k
    where t.account_id = ${viewer.account.id} and t.id = k.talk_id and t.closed_at is null
    returning t.id, t.chat_id`.execute(tx)
  return rows.map((row) => ({ id: row.id, chatId: row.chat_id }))
}

/** The last talk each chat had about the lead it still belongs to. */
async function reopenTalks(
  tx: Tx,
  accountId: AccountId,
  changes: readonly Change[],
): Promise<(Talk & { closedAt: number })[]> {
  const chats = changes.filter(({ plan, row }) => plan.talks === 'reopen' && row.leadId !== null).map(({ row }) => row)
  if (chats.length === 0) return []
  const { rows } = await sql<{ id: TalkId; chat_id: ChatId; closed_at: Date }>`
    with last as (
      select distinct on (t.chat_id) t.id, t.chat_id, t.closed_at
      from unnest(${chats.map((row) => row.chatId)}::uuid[], ${chats.map((row) => row.leadId as LeadId)}::bigint[])
        as k (chat_id, lead_id)
      join talk t on t.account_id = ${accountId} and t.lead_id = k.lead_id and t.chat_id = k.chat_id
      where t.post_id is null
      order by t.chat_id, t.id desc)
    update talk t set closed_at = null from last
    where t.account_id = ${accountId} and t.id = last.id and t.closed_at is not null
    returning t.id, t.chat_id, last.closed_at`.execute(tx)
  return rows.map((row) => ({ id: row.id, chatId: row.chat_id, closedAt: row.closed_at.getTime() }))
}

async function setTalks(
  tx: Tx,
  accountId: AccountId,
  talks: readonly { id: TalkId; closedAt: Date | null }[],
): Promise<void> {
  if (talks.length === 0) return
  await sql`
    update talk t set closed_at = k.closed_at
    from unnest(${talks.map((talk) => talk.id)}::bigint[], ${talks.map((talk) => talk.closedAt)}::timestamptz[])
      as k (id, closed_at)
    where t.account_id = ${accountId} and t.id = k.id`.execute(tx)
}
