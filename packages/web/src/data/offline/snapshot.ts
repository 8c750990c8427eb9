import {
  type DehydratedState,
  dehydrate,
  hydrate,
  type InfiniteData,
  type Query,
  type QueryClient,
} from '@tanstack/react-query'
import { keys } from '../query-keys.ts'

const CACHE = 'parley.snapshot'
const PATH = '/snapshot'
const LONGEST_KEPT_MS = 7 * 24 * 60 * 60_000

/** First parts of the keys of what a start without network shows. */
const KEPT: ReadonlySet<unknown> = new Set([
  ...['me', 'start', 'views', 'chats', 'chat', 'messages', 'notifications', 'pipelines', 'connections'],
])
/** Chats one has looked at, and the like: the newest of all that is kept. */
const MOST_QUERIES = 40

interface Snapshot {
  /** Another build may hold other shapes. */
  build: string
  savedAt: number
  state: DehydratedState
}

const buildName = () => document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src ?? ''

/**
 * Keeps what a start without network shows: who is logged in, the inbox, and the chats that were looked at last. All of it is as
 * new as event `seq`, and with that one the stream goes on.
 */
export async function saveSnapshot(client: QueryClient, seq: number): Promise<void> {
  if (!('caches' in window)) return
  const newest = client
    .getQueryCache()
    .getAll()
    .filter((query) => KEPT.has(query.queryKey[0]) && query.state.status === 'success')
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .slice(0, MOST_QUERIES)
  const kept = new Set<Query>(newest)
  const state = dehydrate(client, {
    shouldDehydrateQuery: (query) => kept.has(query as Query),
    shouldDehydrateMutation: () => false,
  })
  for (const query of state.queries) {
    const data = query.queryKey[0] === keys.start[0] ? withSeq(query.state.data, seq) : firstPageOf(query.state.data)
    query.state = { ...query.state, data }
  }
  const snapshot: Snapshot = { build: buildName(), savedAt: Date.now(), state }
  const cache = await caches.open(CACHE)
  await cache.put(PATH, new Response(JSON.stringify(snapshot)))
}

const withSeq = (data: unknown, seq: number) => ({ ...(data as object), seq })

/** Of a list the page it begins with: the others come when it is scrolled. */
function firstPageOf(data: unknown): unknown {
  const list = data as Partial<InfiniteData<unknown>> | undefined
  if (!Array.isArray(list?.pages) || !Array.isArray(list.pageParams)) return data
  return { ...list, pages: list.pages.slice(0, 1), pageParams: list.pageParams.slice(0, 1) }
}

/** Puts what was kept into the cache; false when there is nothing, or nothing of use. */
export async function restoreSnapshot(client: QueryClient): Promise<boolean> {
  if (!('caches' in window)) return false
  const answer = await caches.match(PATH, { cacheName: CACHE })
  if (!answer) return false
  const { build, savedAt, state } = (await answer.json()) as Snapshot
  if (build !== buildName() || Date.now() - savedAt > LONGEST_KEPT_MS) return false
  hydrate(client, state)
  return true
}

/** Whoever logs out leaves nothing behind. */
export async function forgetSnapshot(): Promise<void> {
  if ('caches' in window) await caches.delete(CACHE)
}
