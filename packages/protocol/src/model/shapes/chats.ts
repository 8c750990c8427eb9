import type { ChannelId, ChatId, LeadId, ParticipantId, PipelineId, StageId, TagId, UserId } from '../ids.ts'
import type { Lead } from './leads.ts'
import type { Message } from './messages.ts'
import type { Page } from './paging.ts'

export interface ChatChannel {
  id: ChannelId
  /** The symbolic code, e.g. `amo.ext.harbor`. */
  code: string
  /** The connection's title in this account. */
  title: string
  /** False after a disconnect: the chat can be read, not answered. */
  isConnected: boolean
  can: ChannelAbilities
}

/** What a channel has declared it can do. */
export interface ChannelAbilities {
  /** Any emoji, those listed, or none at all. */
  reactions: 'all' | string[]
  quotes: boolean
  voice: boolean
  maxFileBytes: number
}

/** What a row of the inbox says of its last message. */
export interface LastMessage
  extends Pick<Message, 'id' | 'direction' | 'author' | 'kind' | 'text' | 'sentAt' | 'status'> {
  /** Of its file, as far as they are known. */
  fileName?: string
  durationMs?: number
}

/** Closed: the work on it is done. Snoozed: it rests for a while. The client's next message opens it again, either way. */
export type ChatState = 'open' | 'snoozed' | 'closed'

/** One row of the inbox. */
export interface Chat {
  id: ChatId
  client: { id: ParticipantId; name: string; avatarUrl: string | null; phone: string | null; email: string | null }
  channel: ChatChannel
  /** The source's external id, e.g. a phone number or a page. */
  source: string | null
  state: ChatState
  /** When it wakes; null unless it is snoozed. */
  snoozedUntil: number | null
  /** Client messages nobody has read yet. */
  unread: number
  lastMessage: LastMessage | null
  /** What the inbox is ordered by, newest first (then by id). */
  activityAt: number
  /** When the oldest unanswered client message came; null when everything is answered. */
  waitingSince: number | null
  /** Until when the messenger lets somebody answer freely; null when it does not care, or nothing came yet. */
  windowExpiresAt: number | null
  lead: {
    id: LeadId
    title: string
    isIncoming: boolean
    pipelineId: PipelineId
    stageId: StageId
    tagIds: TagId[]
  } | null
  responsible: { id: UserId; name: string } | null
}

/** Comes with the number of the last event it has seen: open the stream from there and nothing is missed. */
export interface ChatPage extends Page<Chat> {
  seq: number
  /** How many there are, on all pages. */
  total: number
}

export interface ChatDetails {
  chat: Chat
  lead: Lead | null
  seq: number
}
