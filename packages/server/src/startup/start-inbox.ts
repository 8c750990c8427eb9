import type { AccountId } from '@parley/protocol/model'
import type { Deps } from '../domain/deps.ts'
import { createInboxCounter, type InboxCounter } from '../domain/inbox/count-chats.ts'
import { inboxFollower } from '../domain/inbox/follow-inbox.ts'
import type { Follower } from '../events/follow-events.ts'
import { startBulkRunner } from '../jobs/run-bulk.ts'
import { startWaking } from '../jobs/wake-chats.ts'
import { throttleEach } from '../lib/throttle-each.ts'
import type { Closing } from './closing.ts'

/** Every screen that shows numbers reads them again after each. */
const COUNTS_APART_MS = 300

/** What lists of chats are made from, and the word that their numbers have changed. */
export function followInbox(deps: Deps, closing: Closing): Follower {
  const counts = throttleEach(COUNTS_APART_MS, (accountId: AccountId) =>
    deps.whisper(accountId, { audience: null, frame: { type: 'counts' } }),
  )
  closing.add('counts', async () => counts.stop())
  return inboxFollower(counts.call)
}

/** What is done to many chats at once, and those whose rest is over. */
export function startInbox(deps: Deps, closing: Closing): { inboxCounter: InboxCounter; nudgeBulk: () => void } {
  const bulk = startBulkRunner(deps)
  closing.add('bulk jobs', bulk.stop)
  closing.add('waking chats', startWaking(deps).stop)
  return { inboxCounter: createInboxCounter(deps.db), nudgeBulk: bulk.nudge }
}
