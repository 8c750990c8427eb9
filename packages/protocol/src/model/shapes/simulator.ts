import type { HookAnswer } from '../requests/simulator.ts'

/** A request of the chats API that the server signed in a channel's place, as it went out, and what was answered. */
export interface SignedExchange {
  /** When it went out. */
  at: number
  request: {
    method: string
    /** With its query. */
    target: string
    headers: Record<string, string>
    /** What the signature is of; lines end with LF. */
    stringToSign: string
    body: string
  }
  answer: {
    status: number
    headers: Record<string, string>
    body: string
    durationMs: number
  }
}

/** A hook that the simulated endpoint got in the place of the channel's own. */
export interface CaughtHook {
  /** `X-Request-Id`: the same on every attempt. */
  requestId: string
  attempt: number
  headers: Record<string, string>
  body: string
  signature: { isRight: boolean /** What is wrong with it. */; fault: string | null }
  answer: HookAnswer
}

/** One line of what went over the wire. */
export type SimulatorEntry = { id: number; at: number } & (
  | { kind: 'request'; exchange: SignedExchange }
  | { kind: 'hook'; hook: CaughtHook }
)

/** Somebody who writes to the account through the simulator. */
export interface SimulatedClient {
  /** Also how the channel names him and his conversation. */
  id: string
  name: string
  phone: string | null
  /** Where his picture is; null: he has none. */
  avatarUrl: string | null
  source: string | null
}

export interface Simulator {
  scopeId: string
  isConnected: boolean
  /** It takes the account's own hooks until then; null: they go to the channel's address. */
  onUntil: number | null
  answer: HookAnswer
  clients: SimulatedClient[]
  /** Where this server has sample files for messages, below `/samples`. */
  publicUrl: string
  /** The server may fetch them; false: its own address is private, and it fetches nothing from such. */
  areSamplesReachable: boolean
}

/** What a channel has to be seen doing, in this order. */
export type TestStepId =
  | 'connect'
  | 'message'
  | 'answer'
  | 'signature'
  | 'status'
  | 'mediaIn'
  | 'mediaOut'
  | 'hookRepeat'
  | 'messageRepeat'

export interface TestStep {
  id: TestStepId
  state: 'waiting' | 'passed' | 'failed'
  at: number | null
  /** Ids of what shows it: a message, a delivery, a scope, a msgid. */
  evidence: string | null
  /** Why it failed, or waits. */
  reason: string | null
}

/** How far a channel is in showing that it works. */
export interface TestRun {
  /** What happened before counts for nothing. */
  startedAt: number
  steps: TestStep[]
}
