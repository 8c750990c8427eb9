import type {
  AccountId,
  ChannelId,
  ChatId,
  LeadId,
  MessageId,
  NoteId,
  NotificationId,
  NotificationKind,
  TaskId,
  UserId,
} from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { Json, OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

export interface NotificationsTables {
  notification: {
    account_id: AccountId
    id: Generated<NotificationId>
    kind: NotificationKind
    chat_id: OrNull<ChatId>
    lead_id: OrNull<LeadId>
    message_id: OrNull<MessageId>
    created_at: TimeNow
    target_user_id: OrNull<UserId>
    actor_user_id: OrNull<UserId>
    note_id: OrNull<NoteId>
    task_id: OrNull<TaskId>
    channel_id: OrNull<ChannelId>
    detail: Json
    fact: OrNull<string>
  }
  notification_read: { account_id: AccountId; user_id: UserId; notification_id: NotificationId }
  notification_setting: { account_id: AccountId; user_id: UserId; settings: Json }
  notification_snooze: { account_id: AccountId; user_id: UserId; notification_id: NotificationId; due_at: Time }
  notification_digest: { account_id: AccountId; user_id: UserId; next_at: Time; mailed_to: Generated<number> }
  push_subscription: {
    account_id: AccountId
    id: Generated<number>
    user_id: UserId
    session_hash: Buffer
    endpoint: string
    endpoint_hash: Buffer
    p256dh: string
    auth: string
    user_agent: Generated<string>
    created_at: Time
    failing_since: TimeOrNull
  }
  push_delivery: {
    account_id: AccountId
    id: Generated<number>
    subscription_id: number
    notification_id: OrNull<NotificationId>
    due_at: Time
    leased_until: TimeOrNull
    attempts: Generated<number>
    created_at: Time
  }
  user_screen: { account_id: AccountId; user_id: UserId; seen_until: Time }
}
