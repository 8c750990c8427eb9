import type { ChannelCard } from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

/** The channels this account registered, by name. Read again with the topic `channels` of `settings.changed`. */
export const ownChannelsQuery = queryOptions({
  queryKey: ['channels', 'own'],
  queryFn: async ({ signal }) => {
    const { items } = await request<{ items: ChannelCard[] }>('GET', '/channels', undefined, signal)
    return items.filter(({ isOwn }) => isOwn)
  },
})
