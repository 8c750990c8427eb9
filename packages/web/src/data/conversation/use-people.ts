import type { ChatId, Colleague } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../query-keys.ts'
import { listPeople } from './endpoints.ts'

const NOBODY: readonly Colleague[] = []
/** Who may see a chat changes with whose it is, which no event of its own tells. */
const FRESH_MS = 30_000

/** Who may see the chat; read when somebody is about to be named. */
export function usePeople(chatId: ChatId, isWanted: boolean): readonly Colleague[] {
  const { data } = useQuery({
    queryKey: keys.people(chatId),
    queryFn: ({ signal }) => listPeople(chatId, signal),
    enabled: isWanted,
    staleTime: FRESH_MS,
  })
  return data?.items ?? NOBODY
}
