import type { ChatId, FeedKind, FeedPage, LeadId, RealtimeEvent } from '@parley/protocol/model'
import { type QueryClient, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { addApplier } from '../appliers/more.ts'
import { soon } from '../board/soon.ts'
import { useConnection } from '../connection.ts'
import type { PageKey } from '../endpoints.ts'
import { fetchFresh } from '../fresh.ts'
import type { HeldDetails } from './apply-to-details.ts'
import { listFeed } from './endpoints.ts'
import { applyToFeed, type FeedData, type FeedScope, flattenFeed, putPage } from './feed-pages.ts'
import { detailsKey } from './lead-details.ts'

type FeedKey = readonly ['lead', LeadId, 'feed', readonly FeedKind[]]
const feedKey = (id: LeadId, kinds: readonly FeedKind[]): FeedKey => ['lead', id, 'feed', kinds]
const READ_DELAY_MS = 200
const NEWEST: PageKey = null

/** Everything that happened with a lead, from its end back, kept fresh by the stream. */
export function useFeed(id: LeadId, kinds: readonly FeedKind[], chatIds: readonly ChatId[]) {
  const enabled = useConnection((state) => state.canRead)
  const query = useInfiniteQuery<FeedPage, Error, FeedData, FeedKey, PageKey>({
    queryKey: feedKey(id, kinds),
    initialPageParam: NEWEST,
    queryFn: ({ pageParam, signal }) =>
      fetchFresh(
        () => listFeed(id, kinds, pageParam, signal),
        (page, events) =>
          applyToFeed(
            { pages: [page], pageParams: [pageParam] },
            { leadId: id, kinds, chatIds: new Set(chatIds) },
            // What is new belongs to the newest page alone.
            pageParam === null ? events : [],
          ).pages[0]!,
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
  })
  const { data } = query
  const items = useMemo(() => (data ? flattenFeed(data) : []), [data])
  return { query, items }
}

export type FeedQuery = ReturnType<typeof useFeed>['query']

const readAgain = new WeakMap<QueryClient, (keys: readonly FeedKey[]) => void>()

/** The lines of a lead's history are in no frame. */
function readNewestSoon(client: QueryClient, key: FeedKey): void {
  const read =
    readAgain.get(client) ??
    soon<FeedKey>(READ_DELAY_MS, (asked) => {
      for (const one of new Map(asked.map((each) => [JSON.stringify(each), each])).values())
        void readNewest(client, one)
    })
  readAgain.set(client, read)
  read([key])
}

async function readNewest(client: QueryClient, key: FeedKey): Promise<void> {
  const [, id, , kinds] = key
  // One that fails leaves the feed as it is; the next event asks again.
  const page = await listFeed(id, kinds, null).catch(() => undefined)
  if (page) client.setQueryData<FeedData>(key, (held) => held && putPage(held, page))
}

function applyFeeds(client: QueryClient, events: readonly RealtimeEvent[]): void {
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: ['lead'] })) {
    if (queryKey[2] !== 'feed') continue
    const key = queryKey as FeedKey
    const [, leadId, , kinds] = key
    const chats = client.getQueryData<HeldDetails | null>(detailsKey(leadId))?.chats ?? []
    const scope: FeedScope = { leadId, kinds, chatIds: new Set(chats.map(({ id }) => id)) }
    client.setQueryData<FeedData>(key, (held) => held && applyToFeed(held, scope, events))
    const hasHistory = kinds.length === 0 || kinds.includes('change')
    if (hasHistory && events.some(({ lead }) => lead?.id === leadId)) readNewestSoon(client, key)
  }
}

addApplier(applyFeeds)
