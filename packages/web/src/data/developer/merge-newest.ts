import type { InfiniteData } from '@tanstack/react-query'

export interface LogPage<Item extends { id: string }> {
  items: Item[]
  next: string | null
}

/** A list that grows by itself is cut here; the rest is one click away again. */
const MOST_LIVE = 300

/**
 * Puts the newest page on top of what is held: what is known is replaced, what is new comes above it, and what the page passes over
 * does not fit what is asked for any more.
 */
export function mergeNewest<Item extends { id: string }, P extends LogPage<Item>>(
  held: InfiniteData<P, unknown>,
  newest: P,
): InfiniteData<P, unknown> {
  const fresh = freshOf(held, newest)
  // Nothing they have in common: between them there may be more than was asked for.
  if (fresh.length === newest.items.length) return { pages: [newest], pageParams: [null] }
  const byId = new Map(newest.items.map((item) => [item.id, item]))
  const reachesTo = newest.next === null ? '' : (newest.items.at(-1)?.id ?? '')
  const [first, ...rest] = held.pages.map((page) => ({
    ...page,
    items: page.items.filter(({ id }) => byId.has(id) || id < reachesTo).map((item) => byId.get(item.id) ?? item),
  }))
  if (!first) return { pages: [newest], pageParams: [null] }
  return { ...held, pages: [cutShort({ ...first, items: [...fresh, ...first.items] }, rest.length > 0), ...rest] }
}

/** What of a page is not held yet. */
export function freshOf<Item extends { id: string }, P extends LogPage<Item>>(
  held: InfiniteData<P, unknown>,
  { items }: P,
): Item[] {
  const known = new Set(held.pages.flatMap((page) => page.items.map(({ id }) => id)))
  return items.filter(({ id }) => !known.has(id))
}

function cutShort<Item extends { id: string }, P extends LogPage<Item>>(page: P, hasMore: boolean): P {
  if (hasMore || page.items.length <= MOST_LIVE) return page
  const items = page.items.slice(0, MOST_LIVE)
  return { ...page, items, next: items.at(-1)?.id ?? null }
}
