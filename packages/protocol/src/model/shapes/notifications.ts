import type { ChatId, LeadId, NotificationId } from '../ids.ts'
import type { Page } from './paging.ts'

export type NotificationKind = 'incoming_lead' | 'new_message' | 'delivery_failed'

export interface Notification {
  id: NotificationId
  kind: NotificationKind
  chatId: ChatId | null
  leadId: LeadId | null
  /** Who: the client's name. */
  title: string
  /** What: the first line of the message, or the reason. */
  text: string
  at: number
  isRead: boolean
}

/** A count and the event it goes up to: a later `notification.created` adds one, an earlier one is in it already. */
export interface Unread {
  unread: number
  seq: number
}

export interface NotificationPage extends Page<Notification>, Unread {}
