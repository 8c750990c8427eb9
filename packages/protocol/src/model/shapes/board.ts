import type { ChannelId, ContactId, StageId } from '../ids.ts'
import type { Chat } from './chats.ts'
import type { Contact } from './contacts.ts'
import type { Lead } from './leads.ts'
import type { Page } from './paging.ts'

/** How somebody is known to be the same person, the surest first. */
export type DuplicateEvidence = 'phone' | 'email' | 'messenger' | 'name'

/** What an incoming lead's card says of the most likely duplicate. */
export interface DuplicateHint {
  contactId: ContactId
  name: string
  evidence: DuplicateEvidence
  /** Contacts besides this one that could be the same person. */
  others: number
}

/** A chat as far as a card shows it. */
export interface CardChat
  extends Pick<Chat, 'id' | 'client' | 'source' | 'unread' | 'lastMessage' | 'activityAt' | 'waitingSince'> {
  channel: Pick<Chat['channel'], 'id' | 'code' | 'title'>
}

/** A lead on the board and in lists. */
export interface LeadCard {
  lead: Lead
  /** Its chats, the last active one first. */
  chats: CardChat[]
  /** Of an incoming lead: who it could be. */
  duplicate: DuplicateHint | null
}

export interface StageCount {
  stageId: StageId
  leads: number
  /** Of their prices, in the account's currency. */
  total: number
  /** There are more: with these filters they were counted only so far. */
  isMore: boolean
}

/** A page comes with the number of the last event it has seen. */
export interface CardPage extends Page<LeadCard> {
  seq: number
}

export interface Board {
  /** Stages without leads are not among them. */
  counts: StageCount[]
  /** The first page of every stage that was asked for. */
  stages: (Page<LeadCard> & { stageId: StageId })[]
  seq: number
}

export interface SourceCount {
  /** Null: made by hand. */
  channelId: ChannelId | null
  /** The source's external id; null: none was named. */
  source: string | null
  leads: number
}

export interface IncomingCard extends LeadCard {
  /** What it began with. */
  firstMessage: { text: string; kind: string; sentAt: number } | null
}

export interface IncomingPage extends Page<IncomingCard> {
  counts: SourceCount[]
  seq: number
}

/** Somebody an incoming lead could belong to, and why. */
export interface Duplicate {
  contact: Contact
  /** All that speaks for it, the surest first. */
  evidence: { kind: DuplicateEvidence; value: string }[]
  /** The contact's leads the viewer sees, open ones first. */
  leads: Pick<Lead, 'id' | 'title' | 'price' | 'stage' | 'responsible' | 'updatedAt'>[]
}

/** Something an incoming lead can be linked to, as a search finds it. */
export interface LinkTarget {
  contact: Contact
  leads: Duplicate['leads']
}
