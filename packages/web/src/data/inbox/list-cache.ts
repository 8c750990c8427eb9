import type { Chat, ChatId, RealtimeEvent } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { keys } from '../query-keys.ts'
import { type ChatBlocks, loadedRows } from './chat-blocks.ts'
import { applyToList, type ChatList, mapList } from './chat-list.ts'
import { type ChatListOf, listKeyOf } from './filters.ts'

export const listKey = (of: ChatListOf) => [...keys.chats, listKeyOf(of)] as const

/** Every list that is held. */
export const listsIn = (client: QueryClient): ChatList[] =>
  client.getQueriesData<ChatList>({ queryKey: keys.chats }).flatMap(([, list]) => list ?? [])

/** Changes a list that is held; one that is not stays unloaded. */
export function changeList(
  client: QueryClient,
  of: ChatListOf,
  change: (list: ChatList) => ChatList | ChatBlocks,
): void {
  client.setQueryData<ChatList>(listKey(of), (list) => {
    if (!list) return list
    const changed = change(list)
    return changed === list ? list : { ...list, ...changed }
  })
}

export function applyToLists(client: QueryClient, events: readonly RealtimeEvent[]): void {
  for (const { of } of listsIn(client)) changeList(client, of, (list) => applyToList(list, events))
}

/** Changes one chat wherever it is listed. */
export function changeListed(client: QueryClient, chatId: ChatId, change: (chat: Chat) => Chat): void {
  for (const { of } of listsIn(client))
    changeList(client, of, (list) => mapList(list, (chat) => (chat.id === chatId ? change(chat) : chat)))
}

/** A chat as some list holds it. */
export function findListed(client: QueryClient, chatId: ChatId): Chat | undefined {
  for (const list of listsIn(client)) {
    const row = [...loadedRows(list)].find(({ chat }) => chat.id === chatId)
    if (row) return row.chat
  }
  return undefined
}
