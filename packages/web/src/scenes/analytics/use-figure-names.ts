import type { ChannelId, UserId } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useConnections } from '../../data/connections.ts'
import { usersQuery } from '../../data/people/queries.ts'
import { t } from '../../i18n/t.ts'

/** What channels and users are called now. */
export function useFigureNames() {
  const connections = useConnections() ?? []
  const { data: users = [] } = useQuery(usersQuery)
  const nobody = t('analytics.nobody')
  return {
    channelName: (channelId: ChannelId | null) =>
      connections.find((one) => one.channelId === channelId)?.title ?? t('analytics.noChannel'),
    userName: (userId: UserId | null) =>
      userId === null ? nobody : (users.find(({ id }) => id === userId)?.name ?? t('analytics.gone')),
  }
}
