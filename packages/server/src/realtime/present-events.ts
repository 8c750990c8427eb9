import type {
  AccountId,
  Chat,
  ChatId,
  ContactId,
  ContactRow,
  Draft,
  DraftKind,
  EventType,
  Lead,
  Message,
  Note,
  NoteId,
  NotificationId,
  RealtimeEvent,
  Task,
  TaskId,
  Unread,
  UserId,
} from '@parley/protocol/model'
import type pg from 'pg'
import { inOneWrite } from '../db/statement.ts'
import { findChats } from '../domain/chats/chat-queries.ts'
import { findContacts } from '../domain/contacts/contact-queries.ts'
import { findDrafts } from '../domain/drafts/draft-queries.ts'
import { findLeads } from '../domain/leads/lead-queries.ts'
import { findMessages } from '../domain/messages/message-queries.ts'
import { findNoteAudiences } from '../domain/notes/access-note.ts'
import { findNotes } from '../domain/notes/note-queries.ts'
import { countUnread } from '../domain/notifications/notification-queries.ts'
import { findNotices, type Notice } from '../domain/notifications/notification-rows.ts'
import { isFor, listRecipients, type Recipient } from '../domain/notifications/recipients.ts'
import { findTasks } from '../domain/tasks/task-queries.ts'
import type { Audience } from '../domain/users/viewer.ts'
import type { StoredEvent } from '../events/list-events.ts'
import type { Frame } from './frame.ts'

interface Snapshots {
  chats: Map<ChatId, Chat>
  messages: Map<string, Message>
  leads: Map<number, Lead>
  notices: Map<NotificationId, Notice>
  /** Read only when something is to be notified. */
  recipients: readonly Recipient[]
  unread: Map<UserId, Unread>
  notes: Map<NoteId, Note>
  noteAudiences: Map<NoteId, Audience>
  contacts: Map<ContactId, ContactRow>
  tasks: Map<TaskId, Task>
  /** By `draftKey`. */
  drafts: Map<string, Draft>
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
  // What only one reader gets cannot carry a chat for the others.
  const carriers = events.filter((event) => event.chat_id !== null && event.user_id === null)
  const lastOfChat = new Map(carriers.map((event) => [event.chat_id, event.seq]))
  return events.map((event) => {
    const carriesChat = lastOfChat.get(event.chat_id) === event.seq
    const shown = toRealtimeEvent(event, now, carriesChat)
    return {
      seq: event.seq,
      userId: event.user_id,
      audience: audienceOf(event, now),
      notice: noticeOf(event, shown, now),
      text: toText(shown),
      hiddenText: toText(toHiddenEvent(event)),
      endsStream: event.type === 'access.changed' || event.type === 'session.ended',
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
  const ofNote = event.note_id === null ? undefined : now.noteAudiences.get(event.note_id)
  if (ofNote) return ofNote
  const task = event.task_id === null ? undefined : now.tasks.get(event.task_id)
  if (task) return { area: 'tasks', ownerId: task.responsible.id }
  const contact = event.contact_id === null ? undefined : now.contacts.get(event.contact_id)
  if (contact) return { area: 'contacts', ownerId: contact.responsible?.id ?? null }
  const lead = event.lead_id === null ? undefined : now.leads.get(event.lead_id)
  return lead ? { area: 'leads', ownerId: lead.responsible?.id ?? null } : null
}

/** Whom a notification is for decides what he wants to hear of, too; the rest of the frame is for everybody who may see it. */
function noticeOf(event: StoredEvent, shown: RealtimeEvent, now: Snapshots): Frame['notice'] {
  const notice = event.notification_id === null ? undefined : now.notices.get(event.notification_id)
  if (!notice) return null
  const heard = now.recipients.filter((recipient) => isFor(recipient, notice.facts))
  if (heard.length === now.recipients.length) return null
  const { notification: _, ...without } = shown
  return { userIds: new Set(heard.map(({ userId }) => userId)), textWithout: toText(without) }
}

function toHiddenEvent(event: StoredEvent): RealtimeEvent {
  const frame: RealtimeEvent = { seq: event.seq, type: 'hidden' }
  if (event.chat_id !== null) frame.hiddenChatId = event.chat_id
  if (event.lead_id !== null) frame.hiddenLeadId = event.lead_id
  if (event.contact_id !== null) frame.hiddenContactId = event.contact_id
  if (event.task_id !== null) frame.hiddenTaskId = event.task_id
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
  const noteIds = distinct(events, (event) => event.note_id)
  const notificationIds = distinct(events, (event) => event.notification_id)
  const recipients = readers.length + notificationIds.length > 0 ? await listRecipients(client, accountId) : NOBODY
  const reading = recipients.filter(({ userId }) => readers.includes(userId))
  const [chats, messages, leads, notes, noteAudiences, drafts, contacts, tasks, notices, unread] = await inOneWrite(
    client,
    () =>
      Promise.all([
        findChats(client, accountId, chatIds),
        findMessages(client, accountId, messageIds),
        findLeads(client, accountId, leadIds),
        findNotes(client, accountId, noteIds),
        findNoteAudiences(client, accountId, noteIds),
        findDrafts(client, accountId, draftNames(events)),
        findContacts(
          client,
          accountId,
          distinct(events, (event) => event.contact_id),
        ),
        findTasks(
          client,
          accountId,
          distinct(events, (event) => event.task_id),
        ),
        // As somebody sees it who has read nothing: who has will be told by `notification.read`.
        findNotices(client, accountId, notificationIds),
        Promise.all(reading.map(async (reader) => [reader.userId, await countUnread(client, reader)] as const)),
      ]),
  )
  return {
    chats: byId(chats),
    messages: byId(messages),
    leads: byId(leads),
    notices: new Map(notices.map((notice) => [notice.notification.id, notice])),
    recipients,
    unread: new Map(unread),
    notes: byId(notes),
    noteAudiences,
    contacts: byId(contacts),
    tasks: byId(tasks),
    drafts: new Map(drafts.map(({ userId, ...draft }) => [draftKey({ ...draft, userId }), draft])),
  }
}

const NOBODY: readonly Recipient[] = []

function toRealtimeEvent(event: StoredEvent, now: Snapshots, carriesChat: boolean): RealtimeEvent {
  const frame: RealtimeEvent = { seq: event.seq, type: event.type }
  const chat = carriesChat && event.chat_id !== null ? now.chats.get(event.chat_id) : undefined
  const message = event.message_id === null ? undefined : now.messages.get(event.message_id)
  const lead = event.lead_id === null ? undefined : now.leads.get(event.lead_id)
  const notice = event.notification_id === null ? undefined : now.notices.get(event.notification_id)
  const unread =
    event.type === 'notification.read' && event.user_id !== null ? now.unread.get(event.user_id) : undefined
  if (event.actor_user_id !== null) frame.actorId = event.actor_user_id
  if (event.topic !== null) frame.topic = event.topic
  if (chat) frame.chat = chat
  if (event.type === 'chat.deleted' && event.chat_id !== null) frame.removedChatId = event.chat_id
  if (message) frame.message = message
  if (lead) frame.lead = lead
  else if (event.lead_id !== null && LEAD_GONE.has(event.type)) frame.removedLeadId = event.lead_id
  const note = event.note_id === null ? undefined : now.notes.get(event.note_id)
  if (note) frame.note = note
  putCards(frame, event, now)
  const [draftName] = draftNames([event])
  const draft = draftName && now.drafts.get(draftKey(draftName))
  if (draft) frame.draft = draft
  if (notice) frame.notification = notice.notification
  if (unread !== undefined) frame.unreadNotifications = unread
  return frame
}

/** Contacts and tasks; what is not found any more is gone. */
function putCards(frame: RealtimeEvent, { contact_id, task_id }: StoredEvent, now: Snapshots): void {
  if (contact_id !== null) {
    const contact = now.contacts.get(contact_id)
    if (contact) frame.contact = contact
    else frame.removedContactId = contact_id
  }
  if (task_id !== null) {
    const task = now.tasks.get(task_id)
    if (task) frame.task = task
    else frame.removedTaskId = task_id
  }
}

function draftNames(events: readonly StoredEvent[]): { userId: UserId; chatId: ChatId; kind: DraftKind }[] {
  return events.flatMap(({ type, user_id, chat_id, topic }) =>
    type === 'draft.changed' && user_id !== null && chat_id !== null
      ? [{ userId: user_id, chatId: chat_id, kind: topic as DraftKind }]
      : [],
  )
}

const draftKey = ({ userId, chatId, kind }: { userId: UserId; chatId: ChatId; kind: DraftKind }) =>
  `${userId} ${chatId} ${kind}`

/** After these a lead that is not found is gone for good. */
const LEAD_GONE: ReadonlySet<EventType> = new Set(['lead.declined', 'lead.deleted', 'lead.linked'])

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
