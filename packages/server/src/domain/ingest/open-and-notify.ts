import type { AccountId, ChatId, MessageId, NotificationId, UserId } from '@parley/protocol/model'
import type pg from 'pg'
import { columns, run } from '../../db/statement.ts'
import type { BatchEvent } from '../../events/commit-with-events.ts'
import { type ChatStateRow, isFromClient, type PlacedItem } from './batch.ts'
import { keepPosts } from './keep-posts.ts'
import { type OpenedTalk, openTalks, type TopicWithoutTalk } from './open-leads.ts'
import * as sql from './statements.ts'

/** Opens what is missing and tells who should know; answers the batch's events in order. */
export async function openAndNotify(
  client: pg.ClientBase,
  fresh: readonly PlacedItem[],
  states: readonly ChatStateRow[],
): Promise<BatchEvent[]> {
  const stateOf = new Map(states.map((state) => [state.chat_id, state]))
  const audible = fresh.filter((item) => !item.inbound.isSilent)
  const openPosts = await keepPosts(client, fresh)
  const opened = await openTalks(client, topicsWithoutTalk(audible, stateOf, openPosts))
  const notices = planNotices(audible, stateOf, newestLeads(opened))
  const notificationIds = await insertNotices(client, notices)
  return [
    ...fresh.map(eventOf),
    ...opened.filter((talk) => talk.isNewLead).map(leadEventOf),
    ...notices.map((notice) => noticeEventOf(notice, notificationIds.get(notice.messageId))),
  ]
}

const eventOf = (item: PlacedItem): BatchEvent => ({
  accountId: item.scope.accountId,
  type: isFromClient(item) ? 'message.received' : 'message.sent',
  chatId: item.chatId,
  messageId: item.id,
})

const leadEventOf = ({ accountId, chatId, leadId }: OpenedTalk): BatchEvent => ({
  accountId,
  type: 'lead.created',
  chatId,
  leadId,
})

const noticeEventOf = (
  { accountId, chatId, leadId }: Notice,
  notificationId: NotificationId | undefined,
): BatchEvent => ({ accountId, type: 'notification.created', chatId, leadId, notificationId })

/** The new lead of a chat, when there is one; else whatever was opened in it. */
function newestLeads(opened: readonly OpenedTalk[]): Map<ChatId, OpenedTalk> {
  const leadOf = new Map<ChatId, OpenedTalk>()
  for (const talk of opened) if (talk.isNewLead || !leadOf.has(talk.chatId)) leadOf.set(talk.chatId, talk)
  return leadOf
}

/** What is talked about and has no talk: chats, and posts within them. */
function topicsWithoutTalk(
  audible: readonly PlacedItem[],
  stateOf: ReadonlyMap<ChatId, ChatStateRow>,
  openPosts: ReadonlySet<string>,
): TopicWithoutTalk[] {
  const topics = new Map<string, TopicWithoutTalk>()
  for (const item of audible) {
    const state = stateOf.get(item.chatId)
    if (!state || (!isFromClient(item) && !item.scope.channel.leadOnOutgoing)) continue
    const postId = item.inbound.content?.post?.id ?? null
    const key = postId === null ? item.chatId : `${item.chatId}/${postId}`
    const isOpen = postId === null ? state.lead_id !== null && state.talk_id !== null : openPosts.has(key)
    if (isOpen || topics.has(key)) continue
    topics.set(key, { accountId: item.scope.accountId, chatId: item.chatId, postId })
  }
  return [...topics.values()]
}

interface Notice {
  accountId: AccountId
  kind: 'incoming_lead' | 'new_message'
  chatId: ChatId
  leadId: ChatStateRow['lead_id']
  messageId: MessageId
  /** Who did it, and so knows. */
  actorId: UserId | null
}

/**
 * A new lead is told once. In a chat that was all read the client's first message is told; more of them join that
 * notification, so the bell counts conversations that need somebody, not lines.
 */
function planNotices(
  audible: readonly PlacedItem[],
  stateOf: ReadonlyMap<ChatId, ChatStateRow>,
  openedOf: ReadonlyMap<ChatId, OpenedTalk>,
): Notice[] {
  const counts = new Map<ChatId, number>()
  for (const item of audible) counts.set(item.chatId, (counts.get(item.chatId) ?? 0) + (isFromClient(item) ? 1 : 0))
  const notices: Notice[] = []
  for (const item of audible) {
    const added = counts.get(item.chatId)
    const state = stateOf.get(item.chatId)
    // The first one in the chat; of a conversation begun elsewhere the client's own first message is told, when there is one.
    if (added === undefined || !state || (added > 0 && !isFromClient(item))) continue
    counts.delete(item.chatId)
    const opened = openedOf.get(item.chatId)
    const wasRead = added > 0 && state.unread === added
    if (!opened?.isNewLead && !wasRead) continue
    const { author } = item.inbound
    notices.push({
      accountId: item.scope.accountId,
      kind: opened?.isNewLead ? 'incoming_lead' : 'new_message',
      chatId: item.chatId,
      leadId: opened?.leadId ?? state.lead_id,
      messageId: item.id,
      actorId: author.kind === 'user' ? author.userId : null,
    })
  }
  return notices
}

async function insertNotices(
  client: pg.ClientBase,
  notices: readonly Notice[],
): Promise<Map<MessageId, NotificationId>> {
  if (notices.length === 0) return new Map()
  const values = columns(
    notices,
    (notice) => notice.accountId,
    (notice) => notice.kind,
    (notice) => notice.chatId,
    (notice) => notice.leadId,
    (notice) => notice.messageId,
    (notice) => notice.actorId,
  )
  const rows = await run<{ id: NotificationId; message_id: MessageId }>(client, sql.insertNotifications, values)
  return new Map(rows.map((row) => [row.message_id, row.id]))
}
