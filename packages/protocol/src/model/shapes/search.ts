import type { ChannelId, ChatId, ContactId, LeadId, MessageId, NoteId } from '../ids.ts'
import type { Lead } from './leads.ts'
import type { AuthorKind, MessageKind } from './messages.ts'

export const SEARCH_GROUPS = ['people', 'leads', 'messages'] as const
export type SearchGroup = (typeof SEARCH_GROUPS)[number]

/** A part of a text, in UTF-16 units, as JavaScript counts: `text.slice(offset, offset + length)`. */
export interface TextRange {
  offset: number
  length: number
}

/** Somebody: a contact, or a client of a messenger who belongs to none. */
export interface PersonHit {
  /** Null: known from a messenger only. */
  contactId: ContactId | null
  /** The newest conversation with him; null when there is none. */
  chatId: ChatId | null
  name: string
  nameMarks: TextRange[]
  company: string | null
  companyMarks: TextRange[]
  phone: string | null
  phoneMarks: TextRange[]
  email: string | null
  emailMarks: TextRange[]
  avatarUrl: string | null
}

export interface LeadHit {
  lead: Lead
  titleMarks: TextRange[]
  contactMarks: TextRange[]
}

/** A message, or a note, that says what was looked for. */
export interface MessageHit {
  kind: 'message' | 'note'
  id: MessageId | NoteId
  /** Null for a note on a lead without a conversation. */
  chatId: ChatId | null
  leadId: LeadId | null
  /** Of a note on a contact. */
  contactId: ContactId | null
  author: { kind: AuthorKind; name: string }
  client: { name: string; avatarUrl: string | null } | null
  channel: { id: ChannelId; code: string; title: string } | null
  messageKind: MessageKind
  /** The part of the text around what was found, or the name of its file. */
  text: string
  marks: TextRange[]
  /** What hits are ordered by: when it was sent, but never after it came here. */
  at: number
}

/** Hits of one kind, the newest first (people and leads: the closest first). */
export interface SearchHits<Hit> {
  items: Hit[]
  /** The key of the following page; null on the last. */
  next: string | null
  /** How many there are, counted up to a page: `isMore` says that there are more than these. */
  total: { count: number; isMore: boolean }
  /** Set when the search stopped before the beginning, because it would take too long: how far back it went. `next` goes on from there. */
  searchedTo: number | null
}

/** An operator of the query that was not understood. */
export interface SearchProblem {
  operator: string
  value: string
  /** In words for people. */
  reason: string
}

/** What `GET /search` answers: the groups asked for. */
export interface SearchAnswer {
  people?: SearchHits<PersonHit>
  leads?: SearchHits<LeadHit>
  messages?: SearchHits<MessageHit>
  problems: SearchProblem[]
}

/** A way to go on typing. */
export interface SearchSuggestion {
  /** `operator`: one that begins so. `value`: something the operator in front of it can be. */
  kind: 'operator' | 'value'
  /** What the whole query becomes. */
  query: string
  /** What is offered, e.g. `channel:` or the channel's title. */
  label: string
}
