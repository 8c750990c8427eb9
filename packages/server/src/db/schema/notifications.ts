import type {
  AccountId,
  ChatId,
  LeadId,
  MessageId,
  NotificationId,
  NotificationKind,
  UserId,
} from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { OrNull, TimeNow } from './columns.ts'

export interface NotificationsTables {
  notification: {
    account_id: AccountId
    id: Generated<NotificationId>
    kind: NotificationKind
    chat_id: OrNull<ChatId>
    lead_id: OrNull<LeadId>
    message_id: OrNull<MessageId>
    created_at: TimeNow
  }
  notification_read: { account_id: AccountId; user_id: UserId; notification_id: NotificationId }
}
