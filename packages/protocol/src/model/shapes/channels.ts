import type { AccountId, ChannelId, PipelineId, SourceId } from '../ids.ts'

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

/**
 * Whose admins pause a channel and switch it on: those of the account that registered it. What nobody registered is the account's
 * own, unless it is for everyone: then the operator's.
 */
export type ChannelSwitcher = 'account' | 'developer' | 'operator'

/** One channel in this account. */
export interface Connection {
  channelId: ChannelId
  /** The symbolic code, e.g. `amo.ext.harbor`. */
  code: string
  title: string
  /** Where its icon is, under the API's address; null: it has none. */
  iconPath: string | null
  isConnected: boolean
  switchedBy: ChannelSwitcher
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

/** Where a registration stands: only what is approved can be connected. `returned`: to be changed and asked for again. */
export type ChannelState = 'waiting' | 'approved' | 'returned' | 'refused'

/** A channel that this account may use. */
export interface ChannelCard {
  id: ChannelId
  code: string
  name: string
  /** What is special about it. */
  about: string | null
  /** Where its icon is, under the API's address; null: it has none. */
  iconPath: string | null
  /** Every account may connect it. */
  isPublic: boolean
  /** This account registered it, and can change it. */
  isOwn: boolean
  state: ChannelState
  /** Versions of the hooks that it has an address for. */
  hookVersions: ('v1' | 'v2')[]
  /** Null: not connected to this account now. */
  connection: ChannelConnection | null
}

export interface ChannelConnection {
  title: string
  hookVersion: 'v1' | 'v2'
  scopeId: string
  connectedAt: number
  health: ConnectionHealth
  switchedBy: ChannelSwitcher
  /** When a client's message came by it last, and a hook was last taken. */
  lastInAt: number | null
  lastOutAt: number | null
  /** Of the last hundred hooks: the part that was not taken at the first try, 0 to 1; null: there were none. */
  failureRate: number | null
}

/** What an account registered, as its admins see it. Without the secret, which is shown once. */
export interface OwnChannel {
  id: ChannelId
  code: string
  name: string
  webhookUrl: string | null
  webhookUrlV1: string | null
  events: string[]
  isPublic: boolean
  accountIds: AccountId[]
  about: string | null
  errorEmail: string | null
  /** The SVG as it was given. */
  icon: string | null
  writeFirst: boolean
  timeWindowSeconds: number | null
  reactions: 'all' | string[]
  supportsReply: boolean
  supportsVoice: boolean
  savesFiles: boolean
  maxFileBytes: number
  hookRetry: 'on' | 'off'
  legacySignature: 'none' | 'core' | 'all'
  bot: { id: string; clientId: string; name: string }
  /** `{channel id}_{account's amojo id}`: its connection to this account, made or not. */
  scopeId: string
  createdAt: number
  state: ChannelState
  /** What the operator said about it last. */
  stateNote: string | null
  /** What of it waits for the operator, as it is to be; until then what stands above is in force. */
  waiting: Partial<SensitiveFields>
  /** The secret before this one is taken, too, until then; null: only the present one is. */
  previousSecretUntil: number | null
}

/** Of a channel that serves others, these are looked at again when they change. */
export type SensitiveFields = Pick<OwnChannel, 'webhookUrl' | 'webhookUrlV1' | 'accountIds' | 'isPublic'>

export const CHANNEL_DECISIONS = ['approved', 'returned', 'refused'] as const
export type ChannelDecision = (typeof CHANNEL_DECISIONS)[number]

/** A registration, or a change of one, that waits for the operator of the server. */
export interface Registration extends SensitiveFields {
  id: ChannelId
  code: string
  name: string
  about: string | null
  icon: string | null
  errorEmail: string | null
  /** Who registered it; null: an account that is gone. */
  owner: { id: AccountId; name: string } | null
  /** Which of its users asked; null: he is gone, or it was a program. */
  askedBy: string | null
  askedAt: number
  state: ChannelState
  /** Of a channel that is approved only this is decided about: what differs. */
  waiting: OwnChannel['waiting']
}

/** Something a registration would be refused for. */
export interface FieldFault {
  /** Of the request, e.g. `webhookUrl` or `reactions.0`. */
  field: string
  reason: string
}

/** The answer that shows a secret: the only one. */
export interface ChannelWithSecret {
  channel: OwnChannel
  /** 40 hex digits, used as text. */
  secret: string
}
