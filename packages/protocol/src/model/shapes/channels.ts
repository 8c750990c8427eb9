import type { ChannelId, PipelineId, SourceId } from '../ids.ts'

/** How the endpoint behind a connection fares. */
export interface ConnectionHealth {
  /** `failing`: it has not taken a hook for ten minutes. `switched_off`: nothing is sent; what comes waits and is not lost. */
  state: 'ok' | 'failing' | 'switched_off'
  /** Failing, or switched off, since then; null when ok. */
  since: number | null
  /** Why the last try failed, in words for people. */
  lastFailure: string | null
  /** Hooks that have not arrived yet, those on their way included. */
  waiting: number
}

/** One channel in this account. */
export interface Connection {
  channelId: ChannelId
  /** The symbolic code, e.g. `amo.ext.harbor`. */
  code: string
  title: string
  isConnected: boolean
  /** It serves other accounts, too: the operator switches it, not an admin. */
  isPublic: boolean
  /** People of the account may begin a conversation on it, with a phone number. */
  canWriteFirst: boolean
  health: ConnectionHealth
}

/** A line behind a connection: a number, a page. */
export interface Source {
  id: SourceId
  channelId: ChannelId
  /** How the channel names it. */
  externalId: string
  name: string
  /** Where its incoming leads go; null: the main pipeline. */
  pipelineId: PipelineId | null
  isDefault: boolean
}

/** What came by a source. */
export interface SourceUse {
  channelId: ChannelId
  /** Null: the channel as a whole. */
  externalId: string | null
  chats: number
  /** When somebody wrote there last. */
  lastActivityAt: number | null
}
