import type {
  AccountId,
  Chat,
  ChatId,
  EventType,
  Lead,
  Message,
  Notification,
  RealtimeEvent,
  Unread,
  UserId,
} from '@parley/protocol/model'
import type pg from 'pg'
import { inOneWrite } from '../db/statement.ts'
import { findChats } from '../domain/chats/chat-queries.ts'
import { findLeads } from '../domain/leads/lead-queries.ts'
import { findMessages } from '../domain/messages/message-queries.ts'
import { countUnread, findNotifications } from '../domain/notifications/notification-queries.ts'
import type { StoredEvent } from '../events/list-events.ts'
import type { Audience, Frame } from './frame.ts'

interface Snapshots {
  chats: Map<ChatId, Chat>
  messages: Map<string, Message>
  leads: Map<number, Lead>
  notifications: Map<number, Notification>
  unread: Map<UserId, Unread>
}

/**
 * Turns stored events into frames that carry what they touched, as it is now: a handful of queries for a whole batch.
 * Order: as given. Of several events about one chat only the last carries the chat.
 */
export async function presentEvents(
  client: pg.ClientBase,
  accountId: AccountId,
  events: readonly StoredEvent[],
): Promise<Frame[]> {
  if (events.length === 0) return []
  const now = await readSnapshots(client, accountId, events)
  const lastOfChat = new Map(
    events.filter((event) => event.chat_id !== null).map((event) => [event.chat_id, event.seq]),
  )
  return events.map((event) => {
    const carriesChat = lastOfChat.get(event.chat_id) === event.seq
    return {
      seq: event.seq,
      userId: event.user_id,
      audience: audienceOf(event, now),
      text: toText(toRealtimeEvent(event, now, carriesChat)),
      hiddenText: toText(toHiddenEvent(event)),
      endsStream: event.type === 'access.changed',
    }
  })
}

const toText = (event: RealtimeEvent) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`

/** A chat is whose its lead is; a lead that is gone is told to everybody, for its id is all there is to tell. */
function audienceOf(event: StoredEvent, now: Snapshots): Audience | null {
  if (event.chat_id !== null) {
    const chat = now.chats.get(event.chat_id)
    return { area: 'leads', ownerId: chat?.responsible?.id ?? null }
  }
  const lead = event.lead_id === null ? undefined : now.leads.get(event.lead_id)
  return lead ? { area: 'leads', ownerId: lead.responsible?.id ?? null } : null
}

function toHiddenEvent(event: StoredEvent): RealtimeEvent {
  const frame: RealtimeEvent = { seq: event.seq, type: 'hidden' }
  if (event.chat_id !== null) frame.hiddenChatId = event.chat_id
  if (event.lead_id !== null) frame.hiddenLeadId = event.lead_id
  if (event.contact_id !== null) frame.hiddenContactId = event.contact_id
  return frame
}

async function readSnapshots(
  client: pg.ClientBase,
  accountId: AccountId,
  events: readonly StoredEvent[],
): Promise<Snapshots> {
  const readers = distinct(events, (event) => (event.type === 'notification.read' ? event.user_id : null))
  const chatIds = distinct(events, (event) => event.chat_id)
  const messageIds = distinct(events, (event) => event.message_id)
  const leadIds = distinct(events, (event) => event.lead_id)
  const notificationIds = distinct(events, (event) => event.notification_id)
  const [chats, messages, leads, notifications, unread] = await inOneWrite(client, () =>
    Promise.all([
      findChats(client, accountId, chatIds),
      findMessages(client, accountId, messageIds),
      findLeads(client, accountId, leadIds),
      // As somebody sees it who has read nothing: who has will be told by `notification.read`.
      findNotifications(client, accountId, notificationIds),
      Promise.all(readers.map(async (userId) => [userId, await countUnread(client, { accountId, userId })] as const)),
    ]),
  )
  return {
    chats: byId(chats),
    messages: byId(messages),
    leads: byId(leads),
    notifications: byId(notifications),
    unread: new Map(unread),
  }
}

function toRealtimeEvent(event: StoredEvent, now: Snapshots, carriesChat: boolean): RealtimeEvent {
  const frame: RealtimeEvent = { seq: event.seq, type: event.type }
  const chat = carriesChat && event.chat_id !== null ? now.chats.get(event.chat_id) : undefined
  const message = event.message_id === null ? undefined : now.messages.get(event.message_id)
  const lead = event.lead_id === null ? undefined : now.leads.get(event.lead_id)
  const notification = event.notification_id === null ? undefined : now.notifications.get(event.notification_id)
  const unread =
    event.type === 'notification.read' && event.user_id !== null ? now.unread.get(event.user_id) : undefined
  if (event.actor_user_id !== null) frame.actorId = event.actor_user_id
  if (event.topic !== null) frame.topic = event.topic
  if (chat) frame.chat = chat
  if (message) frame.message = message
  if (lead) frame.lead = lead
  else if (event.lead_id !== null && LEAD_GONE.has(event.type)) frame.removedLeadId = event.lead_id
  if (notification) frame.notification = notification
  if (unread !== undefined) frame.unreadNotifications = unread
  return frame
}

/** After these a lead that is not found is gone for good. */
const LEAD_GONE: ReadonlySet<EventType> = new Set(['lead.declined', 'lead.deleted'])

function distinct<Value>(events: readonly StoredEvent[], get: (event: StoredEvent) => Value | null): Value[] {
  const values = new Set<Value>()
  for (const event of events) {
    const value = get(event)
    if (value !== null) values.add(value)
  }
  return [...values]
}

function byId<Item extends { id: unknown }>(items: readonly Item[]): Map<Item['id'], Item> {
  return new Map(items.map((item) => [item.id, item]))
}
