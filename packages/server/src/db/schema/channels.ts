import type { AccountId, ChannelId, ChannelRequestId, PipelineId, SourceId, UserId } from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { Json, OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

export interface ChannelsTables {
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
    owner_account_id: OrNull<AccountId>
    about: OrNull<string>
    icon: OrNull<string>
    previous_secret_sealed: OrNull<Buffer>
    previous_secret_until: TimeOrNull
    secret_used: Generated<boolean>
    moderation: Generated<'waiting' | 'approved' | 'returned' | 'refused'>
    moderation_note: OrNull<string>
    asked_at: TimeOrNull
    pending: Json
    simulated_until: TimeOrNull
    simulated_answer: Json
    asked_by: OrNull<UserId>
  }
  channel_health: {
    channel_id: ChannelId
    failing_since: TimeOrNull
    last_failed_at: TimeOrNull
    last_failure: OrNull<string>
    mailed_at: TimeOrNull
    switched_off_at: TimeOrNull
    is_held: Generated<boolean>
  }
  channel_request: {
    channel_id: ChannelId
    id: ChannelRequestId
    at: Time
    account_id: OrNull<AccountId>
    request_id: string
    method: string
    path: string
    status: number
    duration_ms: number
    error_type: OrNull<string>
    error: OrNull<string>
    headers: Json
    body: OrNull<string>
    body_bytes: OrNull<Buffer>
    body_size: number
    answer_headers: Json
    answer: OrNull<string>
    answer_size: number
    is_masked: boolean
    left_out: number
    left_out_refused: number
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
}

export type LegacySignature = 'none' | 'core' | 'all'
export type HookVersion = 'v1' | 'v2'
