import type { ChatDetails, ChatId, Message, Note, RealtimeEvent } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { applyAccess } from './appliers/access.ts'
import { countWaitingAgain } from './appliers/connections.ts'
import { applyToDetails } from './appliers/details.ts'
import { applyMore } from './appliers/more.ts'
import { applyToContacts } from './contacts/queries.ts'
import { applyToThread, flattenMessages, putMessage, putNote, type ThreadData } from './conversation/thread-pages.ts'
import { applyToLists, changeListed } from './inbox/list-cache.ts'
import { applyNotices, markNoticesRead } from './notices/apply-notices.ts'
import { keys } from './query-keys.ts'
import { applySearchEvents } from './search/apply-search-events.ts'

/** Puts events into everything the cache holds; what is not loaded stays unloaded. */
export function applyEvents(client: QueryClient, events: readonly RealtimeEvent[]): void {
  applyToLists(client, events)
  applyNotices(client, events)
  applyMore(client, events)
  applySearchEvents(client, events)
  applyToContacts(client, events)
  for (const query of client.getQueryCache().findAll({ queryKey: keys.everyMessages })) {
    const chatId = query.queryKey[1] as ChatId
    client.setQueryData<ThreadData>(query.queryKey, (data) => data && applyToThread(data, chatId, events))
  }
  for (const query of client.getQueryCache().findAll({ queryKey: keys.everyChat })) {
    const details = client.setQueryData<ChatDetails>(query.queryKey, (data) => data && applyToDetails(data, events))
    if (details && isLeadMissing(details)) void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
  }

  applyAccess(client, events)
  if (events.some((event) => event.type === 'connection.changed')) readConnectionsAgain(client)
  else countWaitingAgain(client, events)
}

/** A channel came or went, or fares differently. The event carries no chats: each of its chats may be answered now, or no longer. */
function readConnectionsAgain(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.chats })
  void client.invalidateQueries({ queryKey: keys.everyChat })
  void client.invalidateQueries({ queryKey: keys.connections })
  void client.invalidateQueries({ queryKey: keys.channels })
}

export const isLeadMissing = ({ chat, lead }: ChatDetails): boolean => chat.lead !== null && lead === null

/** What the server answered to a send or a retry. */
export function applyMessage(client: QueryClient, message: Message): void {
  changeThread(client, message.chatId, (data) => putMessage(data, message))
  applyMore(client, [{ seq: 0, type: 'message.sent', message }])
}

/** What the server answered to a note that was written, changed or deleted. */
export function applyNote(client: QueryClient, note: Note): void {
  if (note.chatId !== null) changeThread(client, note.chatId, (data) => putNote(data, note))
  applyMore(client, [{ seq: 0, type: 'note.added', note }])
}

/** Changes a message that is held; what is not loaded stays unloaded. */
export function changeMessage(
  client: QueryClient,
  { id, chatId }: Pick<Message, 'id' | 'chatId'>,
  change: (message: Message) => Message,
): void {
  changeThread(client, chatId, (data) => {
    const held = flattenMessages(data).find((message) => message.id === id)
    return held ? putMessage(data, change(held)) : data
  })
}

function changeThread(client: QueryClient, chatId: ChatId, change: (data: ThreadData) => ThreadData): void {
  client.setQueriesData<ThreadData>({ queryKey: keys.messages(chatId) }, (data) => data && change(data))
}

/** A chat somebody looks at is read before the server says so, and so is what was told of it. */
export function applyChatRead(client: QueryClient, chatId: ChatId): void {
  changeListed(client, chatId, (chat) => (chat.unread > 0 ? { ...chat, unread: 0 } : chat))
  client.setQueryData<ChatDetails>(keys.chat(chatId), (data) => data && { ...data, chat: { ...data.chat, unread: 0 } })
  markNoticesRead(client, (item) => item.chatId === chatId)
}
