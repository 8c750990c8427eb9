import type { AccountId, ChatId, ContactId, LeadId } from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { OrNull, Time } from './columns.ts'

export interface SearchTables {
  search_text: {
    account_id: AccountId
    id: string
    kind: 'message' | 'note'
    chat_id: OrNull<ChatId>
    lead_id: OrNull<LeadId>
    contact_id: OrNull<ContactId>
    at: Time
    vector: string
  }
  search_name: {
    account_id: AccountId
    kind: 'contact' | 'client' | 'lead'
    id: string
    words: string
    digits: string
    chat_ids: Generated<ChatId[]>
    made_at: Time
  }
}
