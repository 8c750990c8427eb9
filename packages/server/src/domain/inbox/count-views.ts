import { BUILT_IN_VIEWS, type InboxCounts } from '@parley/protocol/model'
import { getFollowedSeq } from '../../events/follow-events.ts'
import type { Viewer } from '../users/viewer.ts'
import { INBOX_FOLLOWER } from './inbox-columns.ts'
import type { ListDeps, ListRequest } from './list-chats.ts'
import { scopeFor } from './scope.ts'
import { BUILT_IN, listViews } from './views.ts'

/** How many chats are in every list the viewer has a tab for, and in one more he looks at. */
export async function countViews(
  deps: ListDeps,
  viewer: Viewer,
  current: ListRequest | undefined,
): Promise<InboxCounts> {
  const seq = await getFollowedSeq(deps.hotPool, viewer.account.id, INBOX_FOLLOWER)
  const lists: [string, ListRequest][] = [
    ...BUILT_IN_VIEWS.map((name): [string, ListRequest] => [name, { filters: BUILT_IN[name], sort: 'newest' }]),
    ...(await listViews(deps.db, viewer)).map((view): [string, ListRequest] => [String(view.id), view]),
  ]
  const asked = [...lists.map(([, list]) => list), ...(current ? [current] : [])]
  const scopes = asked.map(({ filters, sort }) => scopeFor(viewer, filters, sort))
  const counts = await deps.inboxCounter.count(viewer.account.id, seq, scopes)
  return {
    seq,
    views: Object.fromEntries(lists.map(([name], index) => [name, counts[index] ?? 0])),
    current: current ? (counts[lists.length] ?? 0) : null,
  }
}
