import type { ChatId, ContactId, LeadId, MessageId } from '../ids.ts'
import type { ContactIdentity, ContactRow } from './contacts.ts'
import type { CustomField, FieldValue } from './fields.ts'
import type { Lead } from './leads.ts'
import type { EarlierText, Message } from './messages.ts'
import type { Note } from './notes.ts'
import type { Task } from './tasks.ts'

/**
 * Everything that is kept about a person, as one file. Times are milliseconds since 1970; what else a field means is said
 * where the shape it comes from is.
 */
export interface PersonExport {
  format: 'parley-person'
  version: 1
  exportedAt: number
  account: { id: number; name: string }
  contact: Omit<ContactRow, 'fields'> & { fields: NamedValue[] }
  /** Contacts that went into this one. */
  mergedContacts: { id: ContactId; name: string }[]
  /** Who the person is in each messenger. */
  identities: Omit<ContactIdentity, 'chatId'>[]
  leads: (Omit<Lead, 'fields'> & { fields: NamedValue[]; changes: LeadHistoryLine[] })[]
  tasks: Task[]
  notes: Note[]
  chats: ExportedChat[]
  /** Of the messages, in their order. They are downloaded from `url` by who is logged in. */
  files: ExportedFile[]
}

/** A field of the account's own with its name, so that the file explains itself. */
export interface NamedValue extends Pick<CustomField, 'id' | 'name' | 'type'> {
  /** Of select fields the names of what was picked. */
  value: FieldValue | string[]
}

export interface LeadHistoryLine {
  field: string
  before: unknown
  after: unknown
  at: number
}

export interface ExportedChat {
  id: ChatId
  channel: string
  createdAt: number
  leadIds: LeadId[]
  /** Oldest first. */
  messages: (Message & { earlierTexts: EarlierText[] })[]
}

export interface ExportedFile {
  messageId: MessageId
  name: string
  mediaType: string | null
  sizeBytes: number | null
  url: string
}
