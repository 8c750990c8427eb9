import type {
  AccountId,
  AmojoId,
  AuthorKind,
  ChannelId,
  ChatId,
  ContactId,
  DeliveryId,
  Direction,
  EventType,
  FileId,
  LeadId,
  MessageId,
  MessageKind,
  MessageStatus,
  NotificationId,
  NotificationKind,
  ParticipantId,
  PipelineId,
  Role,
  SourceId,
  StageId,
  StageKind,
  TalkId,
  UserId,
} from '@parley/protocol/model'
import type { ColumnType, Generated } from 'kysely'

/** `timestamptz`: read as Date, written as Date. */
type Time = ColumnType<Date, Date, Date>
type TimeOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>
type TimeNow = ColumnType<Date, Date | undefined, Date>
/** `jsonb`: read as what was written, written as JSON text. */
type Json = ColumnType<unknown, string | null | undefined, string | null>
type OrNull<T> = ColumnType<T | null, T | null | undefined, T | null>

/** The tables of `migrations/`, for the compiler. What a column means is said there. */
export interface Schema {
  installation: { id: number; secret_key: OrNull<Buffer>; key_fingerprint: OrNull<string>; created_at: TimeNow }
  account: {
    id: Generated<AccountId>
    name: string
    subdomain: string
    amojo_id: AmojoId
    time_zone: Generated<string>
    currency: Generated<string>
    created_at: TimeNow
  }
  account_seq: { account_id: AccountId; last_seq: Generated<number> }
  account_user: {
    account_id: AccountId
    id: Generated<UserId>
    amojo_id: AmojoId
    email: string
    name: string
    role: Role
    password_hash: string
    notifications_read_to: Generated<number>
    created_at: TimeNow
    disabled_at: TimeOrNull
  }
  user_session: {
    account_id: AccountId
    token_hash: Buffer
    user_id: UserId
    user_agent: Generated<string>
    created_at: TimeNow
    expires_at: Time
  }
  api_token: { account_id: AccountId; token_hash: Buffer; user_id: UserId; created_at: TimeNow; expires_at: Time }
  channel: {
    id: ChannelId
    code: string
    name: string
    secret_sealed: Buffer
    webhook_url_v1: OrNull<string>
    webhook_url_v2: OrNull<string>
    webhook_events: Generated<string[]>
    error_email: OrNull<string>
    is_public: Generated<boolean>
    legacy_signature: Generated<LegacySignature>
    hook_retry: Generated<'on' | 'off'>
    bot_id: string
    bot_client_id: string
    bot_name: string
    write_first: Generated<boolean>
    supports_reply: Generated<boolean>
    supports_voice: Generated<boolean>
    saves_files: Generated<boolean>
    reactions_all: Generated<boolean>
    reactions_list: Generated<string[]>
    time_window_seconds: OrNull<number>
    max_file_size: Generated<number>
    is_strict: Generated<boolean>
    rate_limit: OrNull<number>
    lead_on_outgoing: Generated<boolean>
    created_at: TimeNow
    disabled_at: TimeOrNull
  }
  channel_health: {
    channel_id: ChannelId
    failing_since: TimeOrNull
    last_failed_at: TimeOrNull
    last_failure: OrNull<string>
    mailed_at: TimeOrNull
    switched_off_at: TimeOrNull
  }
  channel_account: { channel_id: ChannelId; account_id: AccountId }
  connection: {
    account_id: AccountId
    channel_id: ChannelId
    title: string
    hook_api_version: HookVersion
    is_time_window_disabled: Generated<boolean>
    connected_at: TimeNow
    disconnected_at: TimeOrNull
  }
  pipeline: {
    account_id: AccountId
    id: Generated<PipelineId>
    name: string
    is_main: Generated<boolean>
    position: Generated<number>
  }
  stage: {
    account_id: AccountId
    pipeline_id: PipelineId
    id: Generated<StageId>
    name: string
    kind: StageKind
    hue: Generated<number>
    position: Generated<number>
  }
  contact: {
    account_id: AccountId
    id: Generated<ContactId>
    name: string
    phone: OrNull<string>
    email: OrNull<string>
    created_at: TimeNow
    deleted_at: TimeOrNull
  }
  lead: {
    account_id: AccountId
    id: Generated<LeadId>
    title: string
    price: Generated<number>
    pipeline_id: PipelineId
    stage_id: StageId
    is_incoming: boolean
    responsible_user_id: OrNull<UserId>
    contact_id: ContactId
    chat_id: OrNull<ChatId>
    created_at: TimeNow
    updated_at: TimeNow
    stage_since: TimeNow
    deleted_at: TimeOrNull
  }
  talk: {
    account_id: AccountId
    id: Generated<TalkId>
    chat_id: ChatId
    lead_id: LeadId
    contact_id: ContactId
    post_id: OrNull<string>
    opened_at: TimeNow
    closed_at: TimeOrNull
  }
  chat_post: { account_id: AccountId; chat_id: ChatId; post_id: string; talk_id: OrNull<TalkId>; created_at: TimeNow }
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
  }
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
  file: {
    account_id: AccountId
    id: FileId
    sha256: Buffer
    size_bytes: number
    media_type: string
    width: OrNull<number>
    height: OrNull<number>
    thumbnail_id: OrNull<FileId>
    created_at: TimeNow
  }
  media_fetch: {
    account_id: AccountId
    id: string
    owner_kind: 'message' | 'participant'
    owner_id: string
    slot: MediaSlot
    url: string
    max_bytes: number
    attempts: Generated<number>
    due_at: TimeOrNull
    leased_until: TimeOrNull
    failure: OrNull<string>
    created_at: TimeNow
    host: ColumnType<string, never, never>
  }
  source: {
    account_id: AccountId
    id: Generated<SourceId>
    channel_id: ChannelId
    external_id: string
    name: string
    pipeline_id: OrNull<PipelineId>
    is_default: Generated<boolean>
    created_at: TimeNow
    deleted_at: TimeOrNull
  }
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

export type LegacySignature = 'none' | 'core' | 'all'
export type HookVersion = 'v1' | 'v2'
export type DeliveryState = 'waiting' | 'delivered' | 'given_up'
/** What of a message or a participant a copied file is. */
export type MediaSlot = 'media' | 'thumbnail' | 'preview' | 'post_preview' | 'avatar'
