import type {
  AccountId,
  AuthorKind,
  ChannelId,
  ChatId,
  ContactId,
  Direction,
  FileId,
  LeadId,
  MessageId,
  MessageKind,
  MessageStatus,
  ParticipantId,
  TalkId,
} from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { Json, OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

export interface ConversationsTables {
  participant: {
    account_id: AccountId
    id: ParticipantId
    channel_id: ChannelId
    client_id: OrNull<string>
    name: string
    avatar_url: OrNull<string>
    phone: OrNull<string>
    email: OrNull<string>
    avatar_file_id: OrNull<FileId>
    profile_link: OrNull<string>
    contact_id: OrNull<ContactId>
    created_at: TimeNow
  }
  chat: {
    account_id: AccountId
    id: ChatId
    channel_id: ChannelId
    client_id: OrNull<string>
    participant_id: ParticipantId
    source_external_id: OrNull<string>
    begun_phone: OrNull<string>
    created_at: TimeNow
  }
  chat_state: {
    account_id: AccountId
    chat_id: ChatId
    contact_id: OrNull<ContactId>
    lead_id: OrNull<LeadId>
    talk_id: OrNull<TalkId>
    unread: Generated<number>
    last_message_id: OrNull<MessageId>
    last_message_at: TimeOrNull
    activity_at: TimeOrNull
    activity_minute: OrNull<number>
    waiting_since: TimeOrNull
    last_client_at: TimeOrNull
    closed_at: TimeOrNull
    snoozed_until: TimeOrNull
    rest_unread: Generated<number>
  }
  chat_post: { account_id: AccountId; chat_id: ChatId; post_id: string; talk_id: OrNull<TalkId>; created_at: TimeNow }
  message: {
    account_id: AccountId
    id: MessageId
    chat_id: ChatId
    msgid: OrNull<string>
    direction: Direction
    author_kind: AuthorKind
    author_id: string
    receiver_id: OrNull<string>
    kind: MessageKind
    body: string
    sent_at: Time
    received_at: Time
    status: MessageStatus
    failure: OrNull<string>
    next_try_at: TimeOrNull
    content: Json
    reactions: Json
    edited_at: TimeOrNull
  }
  message_edit: {
    account_id: AccountId
    message_id: MessageId
    version: number
    kind: MessageKind
    body: string
    content: Json
    replaced_at: Time
  }
}
