import type { AmojoId, ChatId, ContactId, LeadId, NoteId, UserId } from '../ids.ts'
import type { Message } from './messages.ts'
import type { Page } from './paging.ts'

/** A colleague named in a note, behind an @. */
export interface Mention {
  userId: UserId
  /** As it stands in the text. */
  name: string
}

/** What people of an account write for each other. It is no message, and nothing of it reaches a client. */
export interface Note {
  id: NoteId
  /** What it was written about; a chat's note belongs to the chat's lead, too. */
  chatId: ChatId | null
  leadId: LeadId | null
  contactId: ContactId | null
  author: { id: UserId; amojoId: AmojoId; name: string }
  /** Empty when deleted. */
  text: string
  mentions: Mention[]
  createdAt: number
  editedAt: number | null
  /** A stone is left where it stood. */
  isDeleted: boolean
}

/**
 * A part of a conversation: its messages and the notes between them.
 *
 * Shape:  at most `limit` of both together, each newest first. `next` is the key of what is older (`before`), `previous`
 *         of what is newer (`after`); null where there is no more.
 */
export interface ThreadPage extends Page<Message> {
  notes: Note[]
  previous: string | null
}

/** A user who may see something, as far as it takes to name or mention him. */
export interface Colleague {
  id: UserId
  amojoId: AmojoId
  name: string
}
