import type { RealtimeEvent } from '@parley/protocol/model'
import type { Query, QueryClient } from '@tanstack/react-query'
import { ApiRefusal } from '../api.ts'
import { keys } from '../query-keys.ts'

/** First parts of the keys of what is read about one chat, lead or contact: the second part is its id. */
const OF_CHAT = ['chat', 'messages']
const OF_LEAD = ['lead']
const OF_CONTACT = ['contact']

/** What a topic's things are written into, so that a new name, or none, is seen there, too. */
const SHOWN_IN: Readonly<Record<string, readonly string[]>> = {
  fields: ['lead', 'contact', 'chat'],
  channels: ['connections'],
  tags: ['board', 'leads', 'lead', 'contact', 'chat'],
}

const aboutKey = (noun: string, id: unknown) => `${noun} ${String(id)}`
const aboutOf = ({ queryKey }: Query) => aboutKey(String(queryKey[0]), queryKey[1])

/**
 * What the viewer may see, and what it is made of, follows the events:
 * - `hidden`, or a chat that was erased: what is held of it goes at once; a screen that shows it asks again, and is told that there is no such thing.
 * - `access.changed`: everything is asked again.
 * - `settings.changed`: the queries whose key begins with the topic are asked again.
 */
export function applyAccess(client: QueryClient, events: readonly RealtimeEvent[]): void {
  if (events.some(({ type }) => type === 'access.changed')) {
    readEverythingAgain(client)
    return
  }
  dropHidden(client, events)
  const topics = new Set(events.flatMap(({ type, topic }) => (type === 'settings.changed' && topic ? [topic] : [])))
  for (const key of new Set([...topics].flatMap((topic) => [topic, ...(SHOWN_IN[topic] ?? [])])))
    void client.invalidateQueries({ queryKey: [key] })
}

/** What is not on a screen goes; what is, is asked again, and goes when it is refused (`dropRefused`). */
export function readEverythingAgain(client: QueryClient): void {
  client.removeQueries({ type: 'inactive', predicate: ({ queryKey }) => !isBase(queryKey) })
  void client.invalidateQueries()
}

/** Read without the stream: who we are, its first number, and what comes with the number it is as new as. */
export const isBase = (queryKey: readonly unknown[]): boolean =>
  [keys.me[0], keys.start[0], keys.chats[0]].some((base) => base === queryKey[0])

function dropHidden(client: QueryClient, events: readonly RealtimeEvent[]): void {
  const isHidden = new Map<string, boolean>()
  const mark = (nouns: readonly string[], id: unknown, hidden: boolean) => {
    if (id !== undefined) for (const noun of nouns) isHidden.set(aboutKey(noun, id), hidden)
  }
  for (const event of events) {
    mark(OF_CHAT, event.hiddenChatId ?? event.removedChatId, true)
    mark(OF_LEAD, event.hiddenLeadId, true)
    mark(OF_CONTACT, event.hiddenContactId, true)
    mark(OF_CHAT, event.chat?.id, false)
    mark(OF_LEAD, event.lead?.id, false)
  }
  if (isHidden.size === 0) return
  for (const query of client.getQueryCache().getAll()) {
    const hidden = isHidden.get(aboutOf(query))
    if (hidden === undefined) continue
    const { queryKey } = query
    if (hidden && !query.isActive()) client.removeQueries({ queryKey, exact: true })
    else if (hidden) void client.resetQueries({ queryKey, exact: true })
    // It may be seen again.
    else if (query.state.status === 'error') void client.invalidateQueries({ queryKey, exact: true })
  }
}

const isRefused = (error: unknown) => error instanceof ApiRefusal && (error.status === 403 || error.status === 404)

/** An answer that was given once and is refused now shows nothing any more. Answers how to stop. */
export function dropRefused(client: QueryClient): () => void {
  return client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || query.state.data === undefined || !isRefused(query.state.error)) return
    query.setState({ ...query.state, data: undefined })
  })
}
