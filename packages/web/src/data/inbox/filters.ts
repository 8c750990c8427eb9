import type { BuiltInView, Chat, InboxFilters, InboxSort, UserId } from '@parley/protocol/model'

/** Which list: what the server is asked for, without names of views. */
export interface ChatListOf {
  filters: InboxFilters
  sort: InboxSort
}

/** The same as the server's. */
export const BUILT_IN: Readonly<Record<BuiltInView, InboxFilters>> = {
  open: { state: 'open' },
  unread: { state: 'open', unread: true },
  unassigned: { state: 'open', responsible: 'none' },
  mine: { state: 'open', responsible: 'me' },
  all: { state: 'all' },
}

/**
 * True when a chat belongs into a list: the server's rules said once more, so that a chat that changes comes and goes by
 * itself. Both are tried on `fixtures/inbox-filters.json`.
 */
export function fits(chat: Chat, { filters, sort }: ChatListOf, meId: UserId): boolean {
  const { state = 'open', responsible, unread, waiting, channelId, source, pipelineId, stageId, tagId } = filters
  return (
    (state === 'all' || chat.state === state) &&
    (responsible === undefined || (chat.responsible?.id ?? null) === ownerOf(responsible, meId)) &&
    (!unread || chat.unread > 0) &&
    (!(waiting || sort === 'waiting') || chat.waitingSince !== null) &&
    (channelId === undefined || chat.channel.id === channelId) &&
    (source === undefined || chat.source === source) &&
    (pipelineId === undefined || chat.lead?.pipelineId === pipelineId) &&
    (stageId === undefined || chat.lead?.stageId === stageId) &&
    (tagId === undefined || (chat.lead?.tagIds.some((id) => id === tagId) ?? false))
  )
}

function ownerOf(responsible: 'me' | 'none' | number, meId: UserId): number | null {
  if (responsible === 'me') return meId
  return responsible === 'none' ? null : responsible
}

/** The same list has the same key. */
export function listKeyOf({ filters, sort }: ChatListOf): string {
  const { state = 'open', ...others } = filters
  const pairs = Object.entries({ ...others, state }).filter(([, value]) => value !== undefined)
  return JSON.stringify([sort, pairs.sort(([a], [b]) => (a < b ? -1 : 1))])
}

/** Filters as they stand in a URL of the API. */
export function toQuery({ filters, sort }: ChatListOf, more: Readonly<Record<string, string | number>> = {}): string {
  const query = new URLSearchParams({ state: filters.state ?? 'open', sort })
  for (const [name, value] of Object.entries({ ...filters, ...more }))
    if (value !== undefined) query.set(name, value === true ? '1' : String(value))
  return query.toString()
}
