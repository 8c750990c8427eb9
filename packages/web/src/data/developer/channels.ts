import { queryOptions } from '@tanstack/react-query'
import { channelsQuery } from '../channels/queries.ts'

/** The channels this account registered, by name. */
export const ownChannelsQuery = queryOptions({
  ...channelsQuery,
  select: ({ items }) => items.filter(({ isOwn }) => isOwn),
})
