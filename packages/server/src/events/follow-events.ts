import { setTimeout as rest } from 'node:timers/promises'
import type { AccountId } from '@parley/protocol/model'
import type pg from 'pg'
import type { Logger } from 'pino'
import { commit, run, statementsOf, withClient } from '../db/statement.ts'
import type { Clock } from '../lib/clock.ts'
import { getLastSeq, listEvents, type StoredEvent } from './list-events.ts'
import type { Nudges } from './nudges.ts'

/** Derives something from an account's events: an index, sums, notices. */
export interface Follower {
  /** Names its cursor; once released, it never changes. */
  name: string
  /**
   * Rests this long after a page that was not full, so that a stream of events is taken in pages and not one by one: a page
   * costs much the same as an event. The first event after a quiet while is taken at once.
   */
  restMs: number
  /**
   * It may be late when much is going on: then it rests also after full pages, so that those who wait for an answer come
   * first. What is only looked at now and then (search, figures) gives way.
   */
  givesWay?: boolean
  /**
   * Takes a run of an account's events, in order, inside the transaction that also moves the cursor: what it writes on
   * `client` is kept exactly once. It reads what the events name as it is now. What it does elsewhere may happen twice.
   */
  handle(client: pg.ClientBase, accountId: AccountId, events: readonly StoredEvent[]): Promise<void>
  /**
   * Takes an account as it is now, before its first event, and so need not walk through its past: what happens meanwhile
   * comes as events. In one transaction with the cursor, too.
   */
  begin?(client: pg.ClientBase, accountId: AccountId): Promise<void>
  /** After the commit. */
  afterCommit?(accountId: AccountId, events: readonly StoredEvent[]): void
}

export interface FollowDeps {
  hotPool: pg.Pool
  nudges: Pick<Nudges, 'subscribeAll'>
  clock: Clock
  log: Logger
}

/** Events taken in one transaction. */
const PAGE = 500
/** Nudges may be lost, and another node's may never come: look anyway. */
const LOOK_ANYWAY_MS = 1000
/** A follower that gives way rests this many times as long as it worked, in a process that is busy for more than this share. */
const GIVEN_WAY = 3
const BUSY = 0.6
/** An event that fails this often by itself is logged and passed over: it must not hold up all that follow. */
const MOST_TRIES = 10

const statement = statementsOf('followers')

const selectBehind = statement(
  'behind',
  `select s.account_id from account_seq s
   left join event_cursor c on c.account_id = s.account_id and c.follower = $1
   where s.last_seq > coalesce(c.seq, 0)`,
)
const beginCursor = statement(
  'begin',
  'insert into event_cursor (account_id, follower) values ($1, $2) on conflict do nothing returning seq',
)
/** Of several nodes one follows an account at a time; the others pass on. */
const lockCursor = statement(
  'lock',
  'select seq from event_cursor where account_id = $1 and follower = $2 for update skip locked',
)
const moveCursor = statement('move', 'update event_cursor set seq = $3 where account_id = $1 and follower = $2')
const selectCursor = statement('seq', 'select seq from event_cursor where account_id = $1 and follower = $2')

/** The number of the last event a follower has taken; 0 before the first. */
export async function getFollowedSeq(
  client: pg.ClientBase | pg.Pool,
  accountId: AccountId,
  name: string,
): Promise<number> {
  const [row] = await run<{ seq: number }>(client, selectCursor, [accountId, name])
  return row?.seq ?? 0
}

/** The first pause between two looks at how far a follower is; each is twice as long. */
const FIRST_LOOK_MS = 1

const selectBothSeqs = statement(
  'both_seqs',
  `select s.last_seq, coalesce(c.seq, 0) as seq from account_seq s
   left join event_cursor c on c.account_id = s.account_id and c.follower = $2
   where s.account_id = $1`,
)

/**
 * Waits until a follower has taken everything that is there now, so that somebody who has just changed something finds it
 * in what is derived from it. Not for long: one that is far behind is not waited for. Answers the number it has come to.
 */
export async function awaitFollower(
  pool: pg.Pool,
  accountId: AccountId,
  name: string,
  { patienceMs = 1000, mostBehind = 2000 } = {},
): Promise<number> {
  const look = async () => (await run<{ last_seq: number; seq: number }>(pool, selectBothSeqs, [accountId, name]))[0]
  const first = await look()
  if (!first) return 0
  const until = performance.now() + patienceMs
  let { seq } = first
  for (let pauseMs = FIRST_LOOK_MS; seq < first.last_seq; pauseMs *= 2) {
    if (first.last_seq - seq > mostBehind || performance.now() + pauseMs > until) break
    // Real time, whatever the clock says: work elsewhere is waited for, not an hour of the day.
    await rest(pauseMs)
    seq = (await look())?.seq ?? seq
  }
  return seq
}

/**
 * Follows every account's events until stopped: woken by nudges, and looking by itself every second. Accounts take turns, a page
 * each, so that one with much to catch up on delays nobody. Begins with the first event there is: a follower that is new
 * works through the past by itself.
 */
export function followEvents(deps: FollowDeps, follower: Follower): { stop(): Promise<void> } {
  const loop = new FollowLoop(deps, follower)
  const done = loop.run()
  return {
    async stop() {
      loop.stop()
      await done
    },
  }
}

interface Cursor {
  seq: number
  isNew: boolean
}

class FollowLoop {
  readonly #deps: FollowDeps
  readonly #follower: Follower
  readonly #stop = new AbortController()
  readonly #waiting = new Set<AccountId>()
  /** How often the event behind an account's cursor has failed. */
  readonly #failures = new Map<AccountId, number>()
  #lastUtilization = performance.eventLoopUtilization()
  #wake: () => void = () => undefined

  constructor(deps: FollowDeps, follower: Follower) {
    this.#deps = deps
    this.#follower = follower
  }

  stop(): void {
    this.#stop.abort()
    this.#wake()
  }

  async run(): Promise<void> {
    const { nudges, log } = this.#deps
    const { signal } = this.#stop
    const unsubscribe = nudges.subscribeAll((accountId) => {
      this.#waiting.add(accountId)
      this.#wake()
    })
    while (!signal.aborted) {
      try {
        if (this.#waiting.size === 0) await this.#look()
        const startedAt = performance.now()
        await this.#round()
        await this.#rest(performance.now() - startedAt)
        if (this.#waiting.size === 0) await this.#untilNudged()
      } catch (error) {
        log.error({ err: error, follower: this.#follower.name }, 'events cannot be followed; trying again')
        await this.#deps.clock.sleep(LOOK_ANYWAY_MS, signal)
      }
    }
    unsubscribe()
  }

  async #look(): Promise<void> {
    const rows = await run<{ account_id: AccountId }>(this.#deps.hotPool, selectBehind, [this.#follower.name])
    for (const { account_id } of rows) this.#waiting.add(account_id)
  }

  async #round(): Promise<void> {
    for (const accountId of [...this.#waiting]) {
      if (this.#stop.signal.aborted) return
      this.#waiting.delete(accountId)
      if (await this.#step(accountId)) this.#waiting.add(accountId)
    }
  }

  /** Takes one page of an account's events. Answers whether there is more. */
  async #step(accountId: AccountId): Promise<boolean> {
    const failures = this.#failures.get(accountId) ?? 0
    // After a failure one at a time, so that only the event that fails waits.
    const limit = failures === 0 ? PAGE : 1
    try {
      const { events, hasBegun } = await withClient(this.#deps.hotPool, (client) =>
        this.#take(client, accountId, limit, failures),
      )
      this.#failures.delete(accountId)
      if (events.length > 0 || hasBegun) this.#follower.afterCommit?.(accountId, events)
      return events.length === limit
    } catch (error) {
      this.#failures.set(accountId, failures + 1)
      this.#deps.log.error({ err: error, follower: this.#follower.name, accountId, failures }, 'an event was not taken')
      // Not at once: what fails now fails again at once.
      await this.#deps.clock.sleep(Math.min(LOOK_ANYWAY_MS, 10 * 2 ** failures), this.#stop.signal)
      return true
    }
  }

  async #take(
    client: pg.ClientBase,
    accountId: AccountId,
    limit: number,
    failures: number,
  ): Promise<{ events: readonly StoredEvent[]; hasBegun: boolean }> {
    const { name } = this.#follower
    await client.query('begin')
    try {
      const cursor = await this.#lock(client, accountId)
      const hasBegun = cursor?.isNew === true && (await this.#begin(client, accountId, cursor))
      const events = cursor ? await listEvents(client, accountId, cursor.seq, limit) : []
      const last = events.at(-1)
      if (!last && !hasBegun) {
        await client.query('rollback')
        return { events, hasBegun }
      }
      if (last && failures < MOST_TRIES) await this.#follower.handle(client, accountId, events)
      else if (last) this.#deps.log.error({ follower: name, accountId, seq: last.seq }, 'an event is passed over')
      await run(client, moveCursor, [accountId, name, last?.seq ?? cursor?.seq])
      await commit(client)
      return { events, hasBegun }
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  }

  /** Answers the cursor, or undefined when another node has it. */
  async #lock(client: pg.ClientBase, accountId: AccountId): Promise<Cursor | undefined> {
    const { name } = this.#follower
    const [row] = await run<{ seq: number }>(client, lockCursor, [accountId, name])
    if (row) return { ...row, isNew: false }
    const isNew = (await run(client, beginCursor, [accountId, name])).length > 0
    const [begun] = await run<{ seq: number }>(client, lockCursor, [accountId, name])
    return begun && { ...begun, isNew }
  }

  /** Answers whether the follower takes an account as it is; the cursor is then where that is. */
  async #begin(client: pg.ClientBase, accountId: AccountId, cursor: Cursor): Promise<boolean> {
    if (!this.#follower.begin) return false
    // Read first: whatever comes after it is taken as an event, also when it is seen now already.
    cursor.seq = await getLastSeq(client, accountId)
    await this.#follower.begin(client, accountId)
    return true
  }

  /** Real time, whatever the clock says: this spares the machine, it means nothing. */
  async #rest(tookMs: number): Promise<void> {
    const isDone = this.#waiting.size === 0
    const late = this.#follower.givesWay === true && this.#isBusy() ? GIVEN_WAY * tookMs : 0
    const ms = Math.max(isDone ? this.#follower.restMs : 0, late)
    if (ms > 0) await rest(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined)
  }

  /** Whether this process had little time left since it was last asked. */
  #isBusy(): boolean {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, this.#lastUtilization)
    this.#lastUtilization = now
    return utilization > BUSY
  }

  async #untilNudged(): Promise<void> {
    const early = new AbortController()
    this.#wake = () => early.abort()
    if (this.#waiting.size > 0 || this.#stop.signal.aborted) early.abort()
    await this.#deps.clock.sleep(LOOK_ANYWAY_MS, early.signal)
    this.#wake = () => undefined
  }
}
