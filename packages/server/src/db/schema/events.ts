import type { AccountId, ChatId, EventType, LeadId, MessageId, NotificationId, UserId } from '@parley/protocol/model'
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
  }
}
