import type {
  AccountId,
  ChatId,
  ContactId,
  LeadId,
  LossReasonId,
  PipelineId,
  StageId,
  StageKind,
  TagId,
  TalkId,
  UserId,
} from '@parley/protocol/model'
import type { ColumnType, Generated } from 'kysely'
import type { Json, OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

export type LeadUndoKind = 'accepted' | 'declined' | 'linked' | 'deleted'

export interface CrmTables {
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
    required_fields: Generated<string[]>
  }
  loss_reason: {
    account_id: AccountId
    id: Generated<LossReasonId>
    name: string
    position: Generated<number>
    deleted_at: TimeOrNull
  }
  contact: {
    account_id: AccountId
    id: Generated<ContactId>
    name: string
    phone: OrNull<string>
    email: OrNull<string>
    created_at: TimeNow
    deleted_at: TimeOrNull
    responsible_user_id: OrNull<UserId>
    company: OrNull<string>
    updated_at: TimeOrNull
    updated_by: OrNull<UserId>
    merged_into: OrNull<ContactId>
    let_go: Json
    erased_at: TimeOrNull
  }
  tag: { account_id: AccountId; id: Generated<TagId>; name: string; hue: Generated<number> }
  lead_tag: { account_id: AccountId; lead_id: LeadId; tag_id: TagId }
  contact_tag: { account_id: AccountId; contact_id: ContactId; tag_id: TagId }
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
    loss_reason_id: OrNull<LossReasonId>
    rank: Generated<number>
  }
  lead_undo: {
    account_id: AccountId
    id: Generated<number>
    lead_id: LeadId
    kind: LeadUndoKind
    was: ColumnType<unknown, string, string>
    user_id: OrNull<UserId>
    done_at: Time
    expires_at: Time
  }
  lead_change: {
    account_id: AccountId
    id: Generated<number>
    lead_id: LeadId
    field: string
    before: Json
    after: Json
    actor_user_id: OrNull<UserId>
    changed_at: Time
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
}
