import type {
  AccountId,
  BulkJobId,
  BulkPhase,
  ChannelId,
  ChatId,
  InboxSort,
  PipelineId,
  StageId,
  TagId,
  UserId,
  ViewId,
} from '@parley/protocol/model'
import type { ColumnType, Generated } from 'kysely'
import type { OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

/** `jsonb` that is always there. */
type JsonOf = ColumnType<unknown, string, string>

interface InboxCell {
  state: number
  responsible_user_id: UserId
  channel_id: ChannelId
  source: string
  pipeline_id: PipelineId
  stage_id: StageId
  is_unread: boolean
  is_waiting: boolean
  n: number
}

export type BulkItemPhase = 'waiting' | 'same' | 'changed' | 'restored' | 'kept'

export interface InboxTables {
  chat_mute: { account_id: AccountId; user_id: UserId; chat_id: ChatId; created_at: TimeNow }
  inbox_chat: Omit<InboxCell, 'is_waiting' | 'n'> & {
    account_id: AccountId
    chat_id: ChatId
    activity_minute: number
    activity_at: Time
    waiting_minute: OrNull<number>
    waiting_since: TimeOrNull
    tag_ids: TagId[]
    snoozed_until: TimeOrNull
  }
  inbox_tag: { account_id: AccountId; tag_id: TagId; chat_id: ChatId; state: number; activity_minute: number }
  inbox_count: InboxCell & { account_id: AccountId }
  inbox_tag_count: InboxCell & { account_id: AccountId; tag_id: TagId }
  inbox_view: {
    account_id: AccountId
    id: Generated<ViewId>
    name: string
    user_id: OrNull<UserId>
    created_by: UserId
    filters: JsonOf
    sort: InboxSort
    position: Generated<number>
    created_at: TimeNow
  }
  bulk_job: {
    account_id: AccountId
    id: BulkJobId
    user_id: UserId
    action: JsonOf
    selection: ColumnType<unknown, string | null, string | null>
    phase: BulkPhase
    total: Generated<number>
    handled: Generated<number>
    changed: Generated<number>
    restored: Generated<number>
    created_at: Time
    finished_at: TimeOrNull
    due_at: TimeOrNull
  }
  bulk_item: {
    account_id: AccountId
    job_id: BulkJobId
    chat_id: ChatId
    phase: Generated<BulkItemPhase>
    before: ColumnType<unknown, string | null | undefined, string | null>
  }
}
