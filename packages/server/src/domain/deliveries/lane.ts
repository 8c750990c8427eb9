import type { AccountId, AmojoId, ChannelId, ChatId, DeliveryId, MessageId } from '@parley/protocol/model'
import type { DeliveryState, HookVersion } from '../../db/schema.ts'

/** One chat's deliveries: they leave in order of their turn, one at a time, and only in the hands of who holds the lease. */
export interface ClaimedLane {
  accountId: AccountId
  chatId: ChatId
  channelId: ChannelId
  /** Names this claim. Once another claim has the lane, nothing can be settled under this one. */
  lease: string
  /** Nothing is sent that could still be under way then. */
  leasedUntil: Date
  /** What waits has a higher turn. */
  settledTurn: number
  /** Failed tries of the first delivery so far. */
  failures: number
  endpoint: Endpoint
  /** In order; more may wait behind them. */
  deliveries: WaitingDelivery[]
}

/** Where a lane's hooks go, as of the claim. */
export interface Endpoint {
  /** What the account calls the connection. */
  title: string
  account: AmojoId
  isConnected: boolean
  isDisabled: boolean
  /** The simulator takes the hooks in the place of the addresses. */
  isSimulated: boolean
  webhookUrlV1: string | null
  webhookUrlV2: string | null
  secretSealed: Buffer
  hookRetry: 'on' | 'off'
  /** Null while it answers. */
  failingSince: Date | null
}

export interface WaitingDelivery {
  id: DeliveryId
  turn: number
  messageId: MessageId | null
  hookVersion: HookVersion
  body: string
  /** Made so far, in all its lives. */
  attempts: number
}

/** One try, as it is kept. */
export interface AttemptRecord {
  url: string
  startedAt: Date
  durationMs: number
  /** Null when no answer came; then `error` says why. */
  status: number | null
  error: string | null
  reply: string | null
}

/** What a delivery came to. */
export interface SettledDelivery {
  id: DeliveryId
  turn: number
  messageId: MessageId | null
  state: DeliveryState
  /** Made so far, with this one. */
  attempts: number
  /** Null when nothing was sent, because nothing could be. */
  attempt: AttemptRecord | null
  /** A sentence for people; null when it was delivered. */
  failure: string | null
  /** When `waiting`: the next try. */
  nextTryAt: Date | null
}

/** What becomes of a lane: its first delivery settled, or nothing but the lease given back. */
export interface Settlement {
  lane: Pick<ClaimedLane, 'accountId' | 'chatId' | 'lease'>
  delivery: SettledDelivery | null
  /** Failed tries of what is first from now on. */
  failures: number
  /** The lease goes on until then; null gives it back. */
  leasedUntil: Date | null
}
