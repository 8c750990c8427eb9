import type { ChannelId } from '@parley/protocol/model'
import type { Logger } from 'pino'
import { claimLanes, findNextDue } from '../domain/deliveries/claim-lanes.ts'
import type { DeliveryDeps } from '../domain/deliveries/delivery-deps.ts'
import type { ClaimedLane } from '../domain/deliveries/lane.ts'
import { ATTEMPT_TIMEOUT_MS, type Attempt, type AttemptDeps, createAttempter } from './attempt-delivery.ts'
import { backOffMs } from './back-off.ts'
import { EndpointLimits } from './endpoint-limits.ts'
import { HealthTracker, type HealthTrackerDeps } from './health-tracker.ts'
import { createSettleQueue } from './settle-queue.ts'

export interface DeliveryJob {
  /** Something is due: look at once. */
  nudge(): void
  /** Takes nothing more, ends what is in hand (broken off after a while; it will be sent again), then resolves. */
  stop(): Promise<void>
}

export interface DeliveryJobDeps extends DeliveryDeps, AttemptDeps, HealthTrackerDeps {
  log: Logger
  /** Something was tried. */
  onTry?: (channelId: ChannelId) => void
}

export interface DeliveryJobLimits {
  /** Chats under way at once on this node, … */
  lanes: number
  /** … and of one channel. */
  lanesPerChannel: number
}

const LIMITS: DeliveryJobLimits = { lanes: 1024, lanesPerChannel: 256 }
const CLAIM_AT_ONCE = 256
const LEASE_MS = 30_000
/** How far the clocks of two nodes may be apart, and how long a settlement may take. */
const LEASE_MARGIN_MS = 5000
/** Other nodes enqueue without telling us. */
const POLL_MS = 1000
/** On stop, what is on the wire has so long, and then its settling; the server as a whole has 10 s. */
const STOP_PATIENCE_MS = 4000
const LAST_SETTLE_MS = 1500

/**
 * Delivers hooks: claim, act, settle. At least once, in order per chat; receivers drop repeats by message id.
 * Any number of nodes may run it on one database.
 */
export function startDeliveryJob(deps: DeliveryJobDeps, limits: Partial<DeliveryJobLimits> = {}): DeliveryJob {
  const loop = new DeliveryLoop(deps, { ...LIMITS, ...limits })
  const ended = loop.run()
  return {
    nudge: () => loop.wake(),
    stop: async () => {
      loop.stopTaking()
      await loop.finish(ended)
    },
  }
}

class DeliveryLoop {
  readonly #deps: DeliveryJobDeps
  readonly #limits: DeliveryJobLimits
  readonly #endpoints: EndpointLimits
  readonly #attempt: ReturnType<typeof createAttempter>
  readonly #stopping = new AbortController()
  /** On stop, after some patience: what is on the wire is broken off. */
  readonly #broken = new AbortController()
  readonly #health: HealthTracker
  readonly #settle: ReturnType<typeof createSettleQueue>['settle']
  readonly #inHand = new Set<Promise<void>>()
  #idle = new AbortController()
  /** The last claim was cut short by a limit: look again as soon as something is given back. */
  #isHungry = false

  constructor(deps: DeliveryJobDeps, limits: DeliveryJobLimits) {
    this.#deps = deps
    this.#limits = limits
    this.#endpoints = new EndpointLimits(limits)
    this.#health = new HealthTracker(deps)
    this.#attempt = createAttempter(deps)
    this.#settle = createSettleQueue(deps, this.#broken.signal).settle
  }

  wake(): void {
    this.#idle.abort()
  }

  stopTaking(): void {
    this.#stopping.abort()
    this.wake()
  }

  /** Leaves in time even when the database does not answer: leases run out by themselves. */
  async finish(ended: Promise<void>): Promise<void> {
    const done = new AbortController()
    const inHand = ended.then(() => Promise.all(this.#inHand))
    const all = inHand.then(() => this.#health.settled()).finally(() => done.abort())
    await this.#deps.clock.sleep(STOP_PATIENCE_MS, done.signal)
    this.#broken.abort()
    await Promise.race([all, this.#deps.clock.sleep(LAST_SETTLE_MS, done.signal)])
  }

  async run(): Promise<void> {
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      // Armed before looking, so no nudge slips between.
      const idle = new AbortController()
      this.#idle = idle
      try {
        const waitMs = await this.#takeDue()
        failures = 0
        if (waitMs > 0) await this.#deps.clock.sleep(waitMs, idle.signal)
      } catch (error) {
        failures += 1
        this.#deps.log.error({ err: error, failures }, 'due deliveries could not be read')
        // A nudge does not shorten this: the database is not well.
        await this.#deps.clock.sleep(backOffMs(failures), this.#stopping.signal)
      }
      // What ended together gives its places back together, and is replaced by one claim.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Takes what is due and sets it going. Answers how long there is nothing more to do, 0 when there is. */
  async #takeDue(): Promise<number> {
    const limit = Math.min(CLAIM_AT_ONCE, this.#limits.lanes - this.#inHand.size)
    if (limit <= 0) {
      this.#isHungry = true
      return POLL_MS
    }
    // From before the claim: what falls due while it is made is seen as well.
    const lookedAt = this.#deps.clock.now()
    const { freeOfOthers: channelLimit } = this.#endpoints
    const lanes = await claimLanes(this.#deps, { limit, channelLimit, free: this.#endpoints.free(), leaseMs: LEASE_MS })
    for (const lane of lanes) this.#start(lane)
    this.#isHungry = this.#endpoints.anyFull
    if (lanes.length === limit) return 0
    const nextDue = await findNextDue(this.#deps, lookedAt)
    if (!nextDue) return POLL_MS
    return Math.min(POLL_MS, Math.max(0, nextDue.getTime() - this.#deps.clock.now().getTime()))
  }

  #start(lane: ClaimedLane): void {
    this.#endpoints.take(lane.channelId)
    const running = this.#deliverLane(lane)
      .catch((error: unknown) => {
        // The lease runs out by itself.
        this.#deps.log.error({ err: error, chatId: lane.chatId }, 'a lane was dropped')
        return false
      })
      .then((hasMore) => {
        this.#inHand.delete(running)
        this.#endpoints.giveBack(lane.channelId)
        if (hasMore || this.#isHungry) this.wake()
      })
    this.#inHand.add(running)
  }

  /** Sends what was claimed, in order, until something fails. Answers whether more is due in this lane now. */
  async #deliverLane(lane: ClaimedLane): Promise<boolean> {
    for (const [index, waiting] of lane.deliveries.entries()) {
      if (this.#stopping.signal.aborted || !this.#mayStillSend(lane)) break
      const attempt = await this.#attempt(lane, waiting, this.#broken.signal)
      if (!attempt) break
      this.#learn(lane, attempt.outcome)
      const { delivery } = attempt
      const isParked = delivery.state === 'waiting'
      const isLast = isParked || index === lane.deliveries.length - 1
      const leasedUntil = isLast ? null : new Date(this.#deps.clock.now().getTime() + LEASE_MS)
      lane.failures = isParked ? lane.failures + 1 : 0
      // Before the next one goes out: after a crash at most one delivery of a chat is sent twice.
      const settled = await this.#settle({ lane, delivery, failures: lane.failures, leasedUntil })
      if (!settled.held) {
        this.#deps.log.warn({ chatId: lane.chatId, deliveryId: delivery.id }, 'a lane was lost before it was settled')
        return false
      }
      this.#deps.onTry?.(lane.channelId)
      if (isParked) this.#expect(delivery.nextTryAt)
      if (isLast) return !isParked && settled.hasMore
      if (leasedUntil) lane.leasedUntil = leasedUntil
    }
    const settled = await this.#settle({ lane, delivery: null, failures: lane.failures, leasedUntil: null })
    return settled.hasMore
  }

  /** A try that is due before the next look brings the look forward. */
  #expect(nextTryAt: Date | null): void {
    if (nextTryAt && nextTryAt.getTime() < this.#deps.clock.now().getTime() + POLL_MS) this.wake()
  }

  /** Nobody else can have the lane before this try would be over. */
  #mayStillSend(lane: ClaimedLane): boolean {
    return this.#deps.clock.now().getTime() + ATTEMPT_TIMEOUT_MS + LEASE_MARGIN_MS <= lane.leasedUntil.getTime()
  }

  #learn(lane: ClaimedLane, outcome: Attempt['outcome']): void {
    const { channelId, endpoint } = lane
    // What the simulator answers says nothing of the channel's endpoint, which others use, too.
    if (endpoint.isSimulated) return
    if (outcome) this.#health.learn(lane, outcome)
    if (outcome?.kind === 'answered') this.#endpoints.answered(channelId)
    if (outcome?.kind === 'failed' && outcome.cause === 'timeout') this.#endpoints.timedOut(channelId)
  }
}
