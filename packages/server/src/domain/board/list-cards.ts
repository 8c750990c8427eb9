import type { AccountId, CardChat, Chat, ChatId, LeadCard, LeadId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { findChats } from '../chats/chat-queries.ts'
import { findDuplicateHints } from '../leads/duplicate-hints.ts'
import { findLeads } from '../leads/lead-queries.ts'
import type { Viewer } from '../users/viewer.ts'

/** A chat that was talked about with a lead and is another's now is not its chat any more. */
const selectChats = statementsOf('board')(
  'chats',
  `select t.lead_id, t.chat_id
   from (select distinct lead_id, chat_id from talk where account_id = $1 and lead_id = any ($2::bigint[])) t
   join chat_state s on s.account_id = $1 and s.chat_id = t.chat_id and s.lead_id = t.lead_id
   where s.activity_minute is not null`,
)

/**
 * The cards of these leads. The caller has seen to it that the viewer may see them.
 * Order:  as the ids; those that are gone are left out.
 */
export async function listCards(pool: Runner, viewer: Viewer, leadIds: readonly LeadId[]): Promise<LeadCard[]> {
  if (leadIds.length === 0) return []
  const accountId = viewer.account.id
  const [leads, chats] = await Promise.all([findLeads(pool, accountId, leadIds), chatsOf(pool, accountId, leadIds)])
  const incoming = leads.filter((lead) => lead.isIncoming).map((lead) => lead.id)
  const hints = await findDuplicateHints(pool, viewer, incoming)
  const byId = new Map(leads.map((lead) => [lead.id, lead]))
  return leadIds.flatMap((id) => {
    const lead = byId.get(id)
    return lead ? [{ lead, chats: chats.get(id) ?? [], duplicate: hints.get(id) ?? null }] : []
  })
}

async function chatsOf(
  pool: Runner,
  accountId: AccountId,
  leadIds: readonly LeadId[],
): Promise<Map<LeadId, CardChat[]>> {
  const rows = await run<{ lead_id: LeadId; chat_id: ChatId }>(pool, selectChats, [accountId, leadIds])
  const chats = await findChats(
    pool,
    accountId,
    rows.map((row) => row.chat_id),
  )
  const leadOf = new Map(rows.map((row) => [row.chat_id, row.lead_id]))
  const found = new Map<LeadId, CardChat[]>()
  for (const chat of [...chats].sort((a, b) => b.activityAt - a.activityAt)) {
    const leadId = leadOf.get(chat.id)
    if (leadId !== undefined) found.set(leadId, [...(found.get(leadId) ?? []), toCardChat(chat)])
  }
  return found
}

const toCardChat = ({
  id,
  client,
  source,
  unread,
  lastMessage,
  activityAt,
  waitingSince,
  channel,
}: Chat): CardChat => ({
  id,
  client,
  source,
  unread,
  lastMessage,
  activityAt,
  waitingSince,
  channel: { id: channel.id, code: channel.code, title: channel.title },
})
