import type {
  AccountId,
  ChatId,
  ContactId,
  DraftKind,
  Language,
  LeadId,
  MessageButton,
  MessageId,
  NoteId,
  TemplateId,
  UserId,
} from '@parley/protocol/model'
import type { ColumnType, Generated } from 'kysely'
import type { Json, OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

/** What stands around messages and is none: notes, drafts, templates. */
export interface ConversationToolsTables {
  note: {
    account_id: AccountId
    id: NoteId
    chat_id: OrNull<ChatId>
    lead_id: OrNull<LeadId>
    contact_id: OrNull<ContactId>
    author_user_id: UserId
    body: string
    mentions: UserId[]
    mention_names: string[]
    created_at: Time
    edited_at: TimeOrNull
    deleted_at: TimeOrNull
  }
  draft: {
    account_id: AccountId
    user_id: UserId
    chat_id: ChatId
    kind: DraftKind
    version: number
    is_empty: boolean
    body: string
    reply_to_id: OrNull<MessageId>
    content: Json
    updated_at: Time
  }
  template: {
    account_id: AccountId
    id: Generated<TemplateId>
    owner_user_id: OrNull<UserId>
    name: string
    body: string
    files: ColumnType<StoredAttachment[], string, string>
    buttons: ColumnType<MessageButton[][], string, string>
    language: OrNull<Language>
    external_id: OrNull<string>
    position: Generated<number>
    use_count: Generated<number>
    created_at: TimeNow
    updated_at: TimeNow
  }
}

/** An uploaded file that was attached and not sent. */
export interface StoredAttachment {
  id: string
  name: string
  as?: 'picture' | 'video' | 'audio' | 'voice' | 'file'
  durationMs?: number
  peaks?: number[]
}
