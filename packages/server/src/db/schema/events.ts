import type {
  AccountId,
  ChatId,
  ContactId,
  EventType,
  LeadId,
  MessageId,
  NoteId,
  NotificationId,
  TaskId,
  UserId,
} from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { OrNull, TimeNow } from './columns.ts'

export interface EventsTables {
  event: {
    account_id: AccountId
    seq: number
    type: EventType
    chat_id: OrNull<ChatId>
    message_id: OrNull<MessageId>
    lead_id: OrNull<LeadId>
    notification_id: OrNull<NotificationId>
    user_id: OrNull<UserId>
    created_at: TimeNow
    contact_id: OrNull<ContactId>
    task_id: OrNull<TaskId>
    note_id: OrNull<NoteId>
    topic: OrNull<string>
    actor_user_id: OrNull<UserId>
  }
  event_cursor: { account_id: AccountId; follower: string; seq: Generated<number> }
}
