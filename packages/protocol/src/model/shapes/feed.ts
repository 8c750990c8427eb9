import type { UserId } from '../ids.ts'
import type { Chat } from './chats.ts'
import type { ContactRow } from './contacts.ts'
import type { FieldType, FieldValue } from './fields.ts'
import type { Lead } from './leads.ts'
import type { Message } from './messages.ts'
import type { Note } from './notes.ts'
import type { Page } from './paging.ts'
import type { Task } from './tasks.ts'

export type FeedKind = 'message' | 'note' | 'task' | 'change'

/** One line of a lead's history. Names are those of today; what is gone is null. */
export interface LeadChange {
  id: number
  /** `title`, `price`, `responsible`, `pipeline`, `stage`, `lossReason`, `tags`, `contact`, `contacts`, `field` … */
  field: string
  /** Of a custom field: its name and type. */
  name: string | null
  type: FieldType | null
  before: FieldValue | string[] | null
  after: FieldValue | string[] | null
  /** Null: nobody, a rule of the account did. */
  by: { id: UserId; name: string } | null
}

interface FeedPlace {
  /** What the feed is ordered by, newest first: the sender's clock of a message, ours of everything else. */
  at: number
  /** Tells it from every other item of the feed. */
  key: string
}

export type FeedItem =
  | (FeedPlace & { kind: 'message'; message: Message })
  | (FeedPlace & { kind: 'note'; note: Note })
  | (FeedPlace & { kind: 'task'; did: 'made' | 'done'; task: Task })
  | (FeedPlace & { kind: 'change'; change: LeadChange })

/** A lead with everything its card shows. */
export interface LeadDetails extends Lead {
  /** The main one first. */
  contacts: ContactRow[]
  /** Those the viewer may see, the latest first. */
  chats: Chat[]
  openTasks: Task[]
}

export interface FeedPage extends Page<FeedItem> {
  /** The newest event that is in it. */
  seq: number
}
