import type { ChannelId, Connection } from '@parley/protocol/model'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ConnectionsData, putConnection } from './appliers/connections.ts'
import { useConnection } from './connection.ts'
import { listConnections, listSources, switchChannelOn } from './endpoints.ts'
import { keys } from './query-keys.ts'

/** The account's channels and how they fare; undefined until they are known. */
export function useConnections(): readonly Connection[] | undefined {
  const enabled = useConnection((state) => state.canRead)
  return useQuery({ queryKey: keys.connections, queryFn: ({ signal }) => listConnections(signal), enabled }).data?.items
}

/** The path of a channel's icon; null: it has none, or nothing is known of the channel yet. */
export function useChannelIcon(code: string): string | null {
  const enabled = useConnection((state) => state.canRead)
  const { data } = useQuery({
    queryKey: keys.connections,
    queryFn: ({ signal }) => listConnections(signal),
    enabled,
    select: ({ items }) => items.find((one) => one.code === code)?.iconPath ?? null,
  })
  return data ?? null
}

/** No event tells of sources, so they are read again each time they are asked for. */
export const useSources = (channelId: ChannelId, enabled: boolean) =>
  useQuery({
    queryKey: keys.sources(channelId),
    queryFn: ({ signal }) => listSources(channelId, signal),
    enabled,
    staleTime: 0,
  })

/** Lets a channel's hooks out again. `onDone` is called before what changed is drawn. */
export function useSwitchOn(onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: switchChannelOn,
    onSuccess({ connection }) {
      client.setQueryData<ConnectionsData>(keys.connections, (data) => data && putConnection(data, connection))
      onDone()
    },
  })
}
