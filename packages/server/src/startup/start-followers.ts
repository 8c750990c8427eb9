import { followLeads } from '../domain/board/follow-leads.ts'
import { contactFollower } from '../domain/contacts/follow-contacts.ts'
import type { Deps } from '../domain/deps.ts'
import { followFigures } from '../domain/figures/follow-figures.ts'
import { followFacts } from '../domain/notifications/follow-facts.ts'
import { followSearch } from '../domain/search/follow-search.ts'
import { type Follower, followEvents } from '../events/follow-events.ts'
import type { Nudges } from '../events/nudges.ts'
import { startPurge } from '../jobs/purge-leads.ts'
import type { Closing } from './closing.ts'
import { followInbox } from './start-inbox.ts'

/** Everything that is derived from events: each follows every account, at its own pace and with its own cursor. */
export function startFollowers(deps: Deps, nudges: Nudges, closing: Closing): void {
  const followers: Follower[] = [
    followFacts(deps),
    contactFollower,
    followLeads,
    followSearch,
    followFigures,
    followInbox(deps, closing),
  ]
  for (const follower of followers) {
    const following = followEvents({ ...deps, nudges }, follower)
    closing.add(`follower ${follower.name}`, following.stop)
  }
  closing.add('purge of leads', startPurge(deps).stop)
}
