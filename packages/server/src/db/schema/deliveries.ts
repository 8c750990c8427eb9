import type { AccountId, ChannelId, ChatId, DeliveryId, MessageId } from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { HookVersion } from './channels.ts'
import type { OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

export interface DeliveriesTables {
  delivery: {
    account_id: AccountId
    id: DeliveryId
    chat_id: ChatId
    channel_id: ChannelId
    message_id: OrNull<MessageId>
    kind: Generated<'message' | 'reaction'>
    hook_version: HookVersion
    turn: number
    body: string
    state: Generated<DeliveryState>
    attempts: Generated<number>
    last_error: OrNull<string>
    created_at: TimeNow
    settled_at: TimeOrNull
    given_up_at: TimeOrNull
  }
  delivery_attempt: {
    account_id: AccountId
    delivery_id: DeliveryId
    attempt: number
    url: string
    started_at: Time
    duration_ms: number
    status: OrNull<number>
    error: OrNull<string>
    reply: OrNull<string>
  }
  delivery_lane: {
    account_id: AccountId
    chat_id: ChatId
    channel_id: ChannelId
    last_turn: Generated<number>
    settled_turn: Generated<number>
    failures: Generated<number>
    due_at: TimeOrNull
    leased_until: TimeOrNull
    leased_by: OrNull<string>
  }
}

export type DeliveryState = 'waiting' | 'delivered' | 'given_up'
