import type { Chat, ChatDetails, ChatId } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { findListed } from '../../../data/inbox/list-cache.ts'
import { keys } from '../../../data/query-keys.ts'

/** A chat that is opened or listed. */
export const findChat = (client: QueryClient, id: ChatId): Chat | undefined =>
  client.getQueryData<ChatDetails>(keys.chat(id))?.chat ?? findListed(client, id)
