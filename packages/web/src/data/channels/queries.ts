import type { ChannelId } from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { keys } from '../query-keys.ts'
import { getOwnChannel, listChannels } from './endpoints.ts'

/** What the account may use and how that fares: no event tells of every message, so it is read anew each time somebody looks. */
export const channelsQuery = queryOptions({
  queryKey: keys.channels,
  queryFn: ({ signal }) => listChannels(signal),
  staleTime: 0,
})

export const ownChannelQuery = (id: ChannelId) =>
  queryOptions({ queryKey: [...keys.channels, id], queryFn: ({ signal }) => getOwnChannel(id, signal) })
