import type { AccountId, ChatId, EventType, LeadId, MessageId, TalkId, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'
import { CHAT_STATES, stateSql } from '../chats/chat-state.ts'

/** What actions write of a chat's counters. */
export interface RestingState {
  unread: number
  restUnread: number
  waitingSince: Date | null
  closedAt: Date | null
  snoozedUntil: Date | null
  talkId: TalkId | null
}

/** A chat's counters, locked. */
export interface ChatRow extends RestingState {
  chatId: ChatId
  state: 'open' | 'snoozed' | 'closed'
  leadId: LeadId | null
  lastMessageId: MessageId | null
  responsibleId: UserId | null
}

interface StoredRow {
  chat_id: ChatId
  unread: number
  rest_unread: number
  waiting_since: Date | null
  closed_at: Date | null
  snoozed_until: Date | null
  talk_id: TalkId | null
  lead_id: LeadId | null
  last_message_id: MessageId | null
  state: number
  responsible_user_id: UserId | null
}

/** Those of the chats that lists show. Locks their counters, in id order. */
export async function lockChats(tx: Tx, accountId: AccountId, chatIds: readonly ChatId[]): Promise<ChatRow[]> {
  const { rows } = await sql<StoredRow>`
    select s.chat_id, s.unread, s.rest_unread, s.waiting_since, s.closed_at, s.snoozed_until, s.talk_id, s.lead_id,
      s.last_message_id, ${sql.raw(stateSql('s'))} as state, l.responsible_user_id
    from chat_state s
    left join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
    where s.account_id = ${accountId} and s.chat_id = any (${chatIds}::uuid[]) and s.activity_minute is not null
    order by s.chat_id for update of s`.execute(tx)
  return rows.map((row) => ({
    chatId: row.chat_id,
    state: CHAT_STATES[row.state] ?? 'open',
    leadId: row.lead_id,
    lastMessageId: row.last_message_id,
    responsibleId: row.responsible_user_id,
    unread: row.unread,
    restUnread: row.rest_unread,
    waitingSince: row.waiting_since,
    closedAt: row.closed_at,
    snoozedUntil: row.snoozed_until,
    talkId: row.talk_id,
  }))
}

export async function writeChats(
  tx: Tx,
  accountId: AccountId,
  rows: readonly (RestingState & { chatId: ChatId })[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update chat_state s set unread = k.unread, rest_unread = k.rest_unread, waiting_since = k.waiting_since,
      closed_at = k.closed_at, snoozed_until = k.snoozed_until, talk_id = k.talk_id
    from unnest(${rows.map((row) => row.chatId)}::uuid[], ${rows.map((row) => row.unread)}::int[],
      ${rows.map((row) => row.restUnread)}::int[], ${rows.map((row) => row.waitingSince)}::timestamptz[],
      ${rows.map((row) => row.closedAt)}::timestamptz[], ${rows.map((row) => row.snoozedUntil)}::timestamptz[],
      ${rows.map((row) => row.talkId)}::bigint[])
      as k (chat_id, unread, rest_unread, waiting_since, closed_at, snoozed_until, talk_id)
    where s.account_id = ${accountId} and s.chat_id = k.chat_id`.execute(tx)
}

/** The fact that a chat which was in one state is in another now, or more or less unread. */
export function eventOf(
  before: Pick<ChatRow, 'chatId' | 'state'>,
  state: ChatRow['state'],
  unread: number,
  actorId: UserId | null,
): NewEvent {
  return { type: typeOf(before.state, state, unread), chatId: before.chatId, actorId }
}

function typeOf(before: ChatRow['state'], after: ChatRow['state'], unread: number): EventType {
  if (before !== after) {
    if (after === 'closed') return 'chat.closed'
    if (after === 'snoozed') return 'chat.snoozed'
    return before === 'closed' ? 'chat.reopened' : 'chat.woken'
  }
  if (after === 'snoozed') return 'chat.snoozed'
  return unread === 0 ? 'chat.read' : 'chat.marked_unread'
}
