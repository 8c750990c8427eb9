import type { ChatId, RealtimeEvent } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { soon } from '../board/soon.ts'
import { searchAgain, searchChatsAgain, searchKey } from './queries.ts'

/** After these something that was found may be gone, called otherwise, or not for these eyes any more. */
const CHANGES: ReadonlySet<RealtimeEvent['type']> = new Set([
  'hidden',
  'access.changed',
  'message.edited',
  'note.changed',
  'lead.accepted',
  'lead.declined',
  'lead.updated',
  'lead.restored',
  'lead.deleted',
  'contact.updated',
  'contact.deleted',
])

/** What is looked at is found again; what is not, when it is looked at. */
export function applySearchEvents(client: QueryClient, events: readonly RealtimeEvent[]): void {
  if (client.getQueryCache().findAll({ queryKey: searchKey }).length === 0) return
  if (events.some(({ type }) => CHANGES.has(type))) searchAgain(client)
  const chatIds = events.flatMap(({ message, note }) => message?.chatId ?? note?.chatId ?? [])
  if (chatIds.length > 0) sayingSoon(client, chatIds)
}

/** The index is a moment behind what is said. */
const INDEXED_MS = 1_000
const gathered = new WeakMap<QueryClient, (chatIds: readonly ChatId[]) => void>()

function sayingSoon(client: QueryClient, chatIds: readonly ChatId[]): void {
  const known = gathered.get(client) ?? soon<ChatId>(INDEXED_MS, (ids) => searchChatsAgain(client, ids))
  gathered.set(client, known)
  known(chatIds)
}
