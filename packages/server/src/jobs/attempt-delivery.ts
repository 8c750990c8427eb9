import type { KeyObject } from 'node:crypto'
import type { ChannelId } from '@parley/protocol/model'
import { createSigningKey } from '@parley/protocol/signing'
import type { Logger } from 'pino'
import { scopeIdOf } from '../domain/channels/channel-registry.ts'
import type { ClaimedLane, SettledDelivery, WaitingDelivery } from '../domain/deliveries/lane.ts'
import {
  type AttemptOutcome,
  describeFailure,
  type NextStep,
  planNext,
  RETRY_DELAYS_MS,
  SEND_ONCE,
  SHORT_DELAYS_MS,
} from '../domain/deliveries/plan-next.ts'
import type { Clock } from '../lib/clock.ts'
import type { FetchOutcome } from '../lib/guarded-fetch.ts'
import type { SecretBox } from '../lib/secret-box.ts'
import { type HookTarget, hookHeaders, hookTarget } from '../wire/hook-request.ts'
import type { SendHook } from '../wire/send-hook.ts'

export interface AttemptDeps {
  clock: Clock
  random: () => number
  log: Logger
  secretBox: SecretBox
  send: SendHook
  delaysMs?: readonly number[]
}

export interface Attempt {
  /** Undefined: nothing was sent, for nothing could be. */
  outcome: AttemptOutcome | undefined
  delivery: SettledDelivery
}

/** How long an endpoint has for its answer. */
export const ATTEMPT_TIMEOUT_MS = 10_000

/** Tries the first delivery of a lane once; undefined when `signal` broke it off, which counts as no try. */
export function createAttempter(deps: AttemptDeps) {
  const keys = new Map<ChannelId, { sealed: Buffer; key: KeyObject }>()

  /** A key is made once per channel and secret: an HMAC with a raw secret is dearer. */
  function keyOf({ channelId, endpoint }: ClaimedLane): KeyObject {
    const known = keys.get(channelId)
    if (known?.sealed.equals(endpoint.secretSealed)) return known.key
    const key = createSigningKey(deps.secretBox.open(endpoint.secretSealed))
    keys.set(channelId, { sealed: endpoint.secretSealed, key })
    return key
  }

  function delaysOf({ endpoint }: ClaimedLane, { messageId }: WaitingDelivery): readonly number[] {
    if (endpoint.hookRetry === 'off') return SEND_ONCE
    // What is no message holds up the answers behind it, and nobody misses it for long.
    return messageId === null ? SHORT_DELAYS_MS : (deps.delaysMs ?? RETRY_DELAYS_MS)
  }

  return async function attempt(
    lane: ClaimedLane,
    delivery: WaitingDelivery,
    signal: AbortSignal,
  ): Promise<Attempt | undefined> {
    const target = findTarget(lane, delivery)
    if ('failure' in target) return { outcome: undefined, delivery: givenUp(delivery, target.failure) }
    const startedAt = deps.clock.now()
    const outcome = await sendOnce(lane, delivery, target, signal)
    if (outcome.kind === 'aborted') return undefined
    const now = deps.clock.now()
    const step = planNext(outcome, lane.failures, delaysOf(lane, delivery), deps.random())
    const record = {
      url: target.url,
      startedAt,
      durationMs: Math.max(0, now.getTime() - startedAt.getTime()),
      status: outcome.kind === 'answered' ? outcome.status : null,
      error: outcome.kind === 'answered' ? null : outcome.reason,
      reply: outcome.kind === 'answered' ? outcome.reply : null,
    }
    const failure = step.do === 'finish' ? null : describeFailure(outcome, lane.endpoint.title)
    const settled = {
      id: delivery.id,
      turn: delivery.turn,
      messageId: delivery.messageId,
      attempts: delivery.attempts + 1,
    }
    return { outcome, delivery: { ...settled, ...stateAfter(step, now), attempt: record, failure } }
  }

  async function sendOnce(
    lane: ClaimedLane,
    delivery: WaitingDelivery,
    target: HookTarget,
    signal: AbortSignal,
  ): Promise<FetchOutcome> {
    try {
      const body = Buffer.from(delivery.body)
      const attempt = delivery.attempts + 1
      const headers = hookHeaders({
        deliveryId: delivery.id,
        attempt,
        body,
        secret: keyOf(lane),
        now: deps.clock.now(),
      })
      return await deps.send({ ...target, method: 'POST', headers, body, timeoutMs: ATTEMPT_TIMEOUT_MS }, signal)
    } catch (error) {
      // A secret sealed with another key, or a bug: retried like a failure of theirs, so nothing is lost.
      deps.log.error({ err: error, channelId: lane.channelId, deliveryId: delivery.id }, 'a hook could not be made')
      return { kind: 'failed', cause: 'other', reason: 'this server could not make the request (see its log)' }
    }
  }
}

function stateAfter(step: NextStep, now: Date): Pick<SettledDelivery, 'state' | 'nextTryAt'> {
  switch (step.do) {
    case 'finish':
      return { state: 'delivered', nextTryAt: null }
    case 'give_up':
      return { state: 'given_up', nextTryAt: null }
    case 'retry':
      return { state: 'waiting', nextTryAt: new Date(now.getTime() + step.afterMs) }
  }
}

function findTarget(lane: ClaimedLane, delivery: WaitingDelivery): HookTarget | { failure: string } {
  const { endpoint, channelId } = lane
  if (!endpoint.isConnected) return { failure: `${endpoint.title} is disconnected` }
  if (endpoint.isDisabled) return { failure: `${endpoint.title} is no longer offered` }
  const target = hookTarget(delivery.hookVersion, endpoint, scopeIdOf(channelId, endpoint.account))
  return target ?? { failure: `${endpoint.title} has no webhook URL` }
}

const givenUp = ({ id, turn, messageId, attempts }: WaitingDelivery, failure: string): SettledDelivery => ({
  id,
  turn,
  messageId,
  attempts,
  state: 'given_up',
  attempt: null,
  failure,
  nextTryAt: null,
})
