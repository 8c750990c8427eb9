import type { Chat, LeadDetails, RealtimeEvent, Task, UserId } from '@parley/protocol/model'
import { goneOf } from '../board/card-changes.ts'

/** A lead's card as it is held here. */
export interface HeldDetails extends LeadDetails {
  /** Who changed it last, as far as this screen has heard. */
  changedBy?: { userId: UserId; at: number }
}

/** Puts what events tell into a lead's card; null when it is gone. Applying an event twice changes nothing more. */
export function applyToLeadDetails(held: HeldDetails | null, events: readonly RealtimeEvent[]): HeldDetails | null {
  let details = held
  for (const event of events) {
    if (!details || goneOf(event) === details.id) return null
    details = withTask(withChat(withContact(withLead(details, event), event), event), event)
  }
  return details
}

function withLead(held: HeldDetails, { lead, actorId }: RealtimeEvent): HeldDetails {
  if (lead?.id !== held.id) return held
  return { ...held, ...lead, ...(actorId !== undefined && { changedBy: { userId: actorId, at: lead.updatedAt } }) }
}

function withContact(held: HeldDetails, { contact, removedContactId, hiddenContactId }: RealtimeEvent): HeldDetails {
  const goneId = removedContactId ?? hiddenContactId
  if (goneId !== undefined && held.contacts.some(({ id }) => id === goneId))
    return { ...held, contacts: held.contacts.filter(({ id }) => id !== goneId) }
  if (!contact || !held.contacts.some(({ id }) => id === contact.id)) return held
  return { ...held, contacts: held.contacts.map((one) => (one.id === contact.id ? contact : one)) }
}

function withChat(held: HeldDetails, { chat, hiddenChatId, removedChatId }: RealtimeEvent): HeldDetails {
  const goneId = hiddenChatId ?? removedChatId
  if (goneId !== undefined && held.chats.some(({ id }) => id === goneId))
    return { ...held, chats: held.chats.filter(({ id }) => id !== goneId) }
  if (!chat) return held
  const isHere = held.chats.some(({ id }) => id === chat.id)
  if (!isHere && chat.lead?.id !== held.id) return held
  const others = held.chats.filter(({ id }) => id !== chat.id)
  return { ...held, chats: [...others, chat].sort(byActivity) }
}

const byActivity = (a: Chat, b: Chat) => b.activityAt - a.activityAt

function withTask(held: HeldDetails, { task, removedTaskId, hiddenTaskId }: RealtimeEvent): HeldDetails {
  const goneId = removedTaskId ?? hiddenTaskId ?? (task && !isOpenHere(held, task) ? task.id : undefined)
  if (goneId !== undefined) {
    if (!held.openTasks.some(({ id }) => id === goneId)) return held
    return { ...held, openTasks: held.openTasks.filter(({ id }) => id !== goneId) }
  }
  if (!task) return held
  const others = held.openTasks.filter(({ id }) => id !== task.id)
  return { ...held, openTasks: [...others, task].sort((a, b) => a.dueAt - b.dueAt || a.id - b.id) }
}

const isOpenHere = ({ id }: HeldDetails, task: Task) => task.lead?.id === id && task.doneAt === null

/** What else belongs to a lead is in no frame of it: its people besides the main one. */
export const isToBeReadAgain = (held: HeldDetails, events: readonly RealtimeEvent[]): boolean =>
  events.some(({ type, lead }) => lead?.id === held.id && type.startsWith('lead.'))
