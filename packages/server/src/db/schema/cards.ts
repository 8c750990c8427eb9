import type {
  AccountId,
  ChatId,
  ContactId,
  DuplicateKind,
  FieldEntity,
  FieldId,
  FieldOption,
  FieldType,
  LeadId,
  MergeId,
  PointKind,
  TaskId,
  TaskKind,
  UserId,
} from '@parley/protocol/model'
import type { ColumnType, Generated } from 'kysely'
import type { OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

/** Contacts' details, custom fields, tasks and merges. */
export interface CardsTables {
  contact_point: {
    account_id: AccountId
    contact_id: ContactId
    kind: PointKind
    normal: string
    value: string
    label: OrNull<string>
    position: Generated<number>
  }
  contact_activity: { account_id: AccountId; contact_id: ContactId; minute: number }
  contact_key: { account_id: AccountId; kind: DuplicateKind; value: string; contact_id: ContactId }
  duplicate_group: {
    account_id: AccountId
    kind: DuplicateKind
    value: string
    contacts: number
    dismissed: Generated<number>
  }
  lead_contact: { account_id: AccountId; lead_id: LeadId; contact_id: ContactId; added_at: TimeNow }
  custom_field: {
    account_id: AccountId
    id: Generated<FieldId>
    entity: FieldEntity
    type: FieldType
    name: string
    section: OrNull<string>
    options: ColumnType<FieldOption[] | null, string | null | undefined, string | null>
    is_required: Generated<boolean>
    position: Generated<number>
    created_at: TimeNow
    hidden_at: TimeOrNull
  }
  field_value: {
    account_id: AccountId
    entity: FieldEntity
    entity_id: number
    field_id: FieldId
    n: Generated<number>
    text_value: OrNull<string>
    number_value: OrNull<number>
  }
  task: {
    account_id: AccountId
    id: Generated<TaskId>
    kind: TaskKind
    text: string
    due_at: Time
    due_on: OrNull<string>
    lead_id: OrNull<LeadId>
    contact_id: OrNull<ContactId>
    chat_id: OrNull<ChatId>
    responsible_user_id: UserId
    created_by: OrNull<UserId>
    created_at: Time
    done_at: TimeOrNull
    done_by: OrNull<UserId>
    result: OrNull<string>
    deleted_at: TimeOrNull
    ring_at: TimeOrNull
    given_by: OrNull<UserId>
  }
  contact_merge: {
    account_id: AccountId
    id: Generated<MergeId>
    contact_id: ContactId
    other_id: ContactId
    kept: ColumnType<unknown, string, string>
    merged_by: OrNull<UserId>
    merged_at: Time
    undone_by: OrNull<UserId>
    undone_at: TimeOrNull
  }
}
