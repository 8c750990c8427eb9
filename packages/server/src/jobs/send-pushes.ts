import type { AccountId, NotificationId } from '@parley/protocol/model'
import type { Logger } from 'pino'
import { countUnread } from '../domain/notifications/notification-queries.ts'
import { findNotices, type Notice } from '../domain/notifications/notification-rows.ts'
import { isFor, listRecipients, type Recipient } from '../domain/notifications/recipients.ts'
import { presentPush, presentTest } from '../domain/pushes/present-push.ts'
import {
  type ClaimedPush,
  claimPushes,
  dropSubscription,
  type PushDeps,
  settleForLater,
  settleGivenUp,
  settlePushes,
  settleSent,
} from '../domain/pushes/push-queue.ts'
import type { FetchOutcome, GuardedFetch } from '../lib/guarded-fetch.ts'
import { type PushMessage, sealPush, type VapidKeys } from '../lib/push-message.ts'
import { backOffMs } from './back-off.ts'

export interface PushJobDeps extends PushDeps {
  log: Logger
  send: GuardedFetch['fetch']
  vapid: VapidKeys
  /** Whom a push service may write to: `mailto:…` or `https://…`. */
  contact: () => string
  /** Push services speak https; only a test's own may not. */
  allowPlainHttp: boolean
}

export interface PushJob {
  nudge(): void
  stop(): Promise<void>
}

const BATCH = 32
const LEASE_MS = 60_000
const TIMEOUT_MS = 15_000
const LOOK_EVERY_MS = 1000
/** Waits before the second, third, … try. */
const RETRY_DELAYS_MS: readonly number[] = [5000, 30_000, 5 * 60_000, 30 * 60_000]

/** Sends pushes: claim, encrypt, post, settle. Any number of nodes may run it on one database. */
export function startPushJob(deps: PushJobDeps): PushJob {
  const stopping = new AbortController()
  let idle = new AbortController()
  const run = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      idle = new AbortController()
      try {
        const pushes = await claimPushes(deps, { limit: BATCH, leaseMs: LEASE_MS })
        failures = 0
        await sendAll(deps, pushes, stopping.signal)
        if (pushes.length < BATCH) await deps.clock.sleep(LOOK_EVERY_MS, idle.signal)
      } catch (error) {
        failures += 1
        deps.log.error({ err: error, failures }, 'pushes could not be taken')
        await deps.clock.sleep(backOffMs(failures), stopping.signal)
      }
    }
  }
  const ended = run()
  return {
    nudge: () => idle.abort(),
    stop: async () => {
      stopping.abort()
      idle.abort()
      await ended
    },
  }
}

async function sendAll(deps: PushJobDeps, pushes: readonly ClaimedPush[], signal: AbortSignal): Promise<void> {
  await settlePushes(
    deps,
    pushes.filter((push) => push.isNeedless),
  )
  const needed = pushes.filter((push) => !push.isNeedless)
  const accounts = new Set(needed.map((push) => push.accountId))
  await Promise.all(
    [...accounts].map((accountId) =>
      sendOfAccount(
        deps,
        accountId,
        needed.filter((push) => push.accountId === accountId),
        signal,
      ),
    ),
  )
}

async function sendOfAccount(
  deps: PushJobDeps,
  accountId: AccountId,
  pushes: readonly ClaimedPush[],
  signal: AbortSignal,
): Promise<void> {
  const ids = pushes.map((push) => push.notificationId).filter((id) => id !== null)
  const [recipients, notices] = await Promise.all([
    listRecipients(deps.hotPool, accountId),
    findNotices(deps.hotPool, accountId, ids),
  ])
  const noticeOf = new Map(notices.map((notice) => [notice.notification.id, notice]))
  await Promise.all(
    pushes.map(async (push) => {
      const recipient = recipients.find(({ userId }) => userId === push.userId)
      const message = recipient && (await makeMessage(deps, push, recipient, noticeOf))
      if (!message) await settlePushes(deps, [push])
      else await sendOne(deps, push, message, signal)
    }),
  )
}

/** Undefined when it is nothing for him any more: the lead is another's now, say. */
async function makeMessage(
  deps: PushJobDeps,
  push: ClaimedPush,
  recipient: Recipient,
  notices: ReadonlyMap<NotificationId, Notice>,
): Promise<PushMessage | undefined> {
  const notice = push.notificationId === null ? undefined : notices.get(push.notificationId)
  if (push.notificationId !== null && !(notice && isFor(recipient, notice.facts))) return undefined
  const { unread } = await countUnread(deps.hotPool, recipient)
  return notice ? presentPush(notice.notification, recipient, unread) : presentTest(recipient, unread, push.createdAt)
}

async function sendOne(deps: PushJobDeps, push: ClaimedPush, message: PushMessage, signal: AbortSignal): Promise<void> {
  const { endpoint } = push.target
  if (!deps.allowPlainHttp && !endpoint.startsWith('https:')) return dropSubscription(deps, push)
  const { headers, body } = sealPush(push.target, message, { ...deps.vapid, subject: deps.contact() })
  // undici counts the bytes itself.
  const { 'Content-Length': _, ...sent } = headers
  const outcome = await deps.send({ url: endpoint, method: 'POST', headers: sent, body, timeoutMs: TIMEOUT_MS }, signal)
  await settle(deps, push, outcome)
}

async function settle(deps: PushJobDeps, push: ClaimedPush, outcome: FetchOutcome): Promise<void> {
  if (outcome.kind === 'aborted') return settleForLater(deps, push, deps.clock.now())
  if (outcome.kind === 'refused_address') return dropSubscription(deps, push)
  if (outcome.kind === 'answered') {
    if (outcome.status >= 200 && outcome.status < 300) return settleSent(deps, push)
    if (outcome.status === 404 || outcome.status === 410) return dropSubscription(deps, push)
  }
  const delayMs = planRetry(push.attempts, outcome)
  const why =
    outcome.kind === 'answered' ? { status: outcome.status, reply: outcome.reply } : { reason: outcome.reason }
  deps.log.warn({ ...why, subscriptionId: push.subscriptionId, attempts: push.attempts }, 'a push was not taken')
  if (delayMs === undefined) await settleGivenUp(deps, push)
  else await settleForLater(deps, push, new Date(deps.clock.now().getTime() + delayMs))
}

/** Undefined: not again. What was refused for good is refused again; who asks for patience gets it, within bounds. */
export function planRetry(attempts: number, outcome: FetchOutcome): number | undefined {
  const delayMs = RETRY_DELAYS_MS[attempts - 1]
  if (delayMs === undefined || outcome.kind !== 'answered') return delayMs
  if (outcome.status !== 429 && outcome.status < 500) return undefined
  return Math.max(delayMs, Math.min(outcome.retryAfterMs ?? 0, 60 * 60_000))
}
