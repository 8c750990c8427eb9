import type { AuditPage, User, UserId } from '@parley/protocol/model'
import { type InfiniteData, infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import type { PageKey } from '../endpoints.ts'
import {
  type AuditFilter,
  getApiKey,
  getSecurity,
  listAudit,
  listGroups,
  listInvitations,
  listRoles,
  listSessions,
  listTeam,
  listTokens,
  listUsers,
} from './endpoints.ts'

// The first part of a key is the topic of `settings.changed` that makes it be read again.

/** Who works here, without those who were switched off. */
export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: ({ signal }) => listUsers(signal) })
/** The same as admins see it, and those who were switched off. */
export const teamQuery = queryOptions({ queryKey: ['users', 'team'], queryFn: ({ signal }) => listTeam(signal) })
export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => listRoles(signal) })
export const groupsQuery = queryOptions({ queryKey: ['groups'], queryFn: ({ signal }) => listGroups(signal) })
export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: ({ signal }) => listInvitations(signal),
})
export const securityQuery = queryOptions({ queryKey: ['security'], queryFn: ({ signal }) => getSecurity(signal) })
export const tokensQuery = queryOptions({
  queryKey: ['security', 'tokens'],
  queryFn: ({ signal }) => listTokens(signal),
})
export const apiKeyQuery = queryOptions({
  queryKey: ['security', 'api-key'],
  queryFn: ({ signal }) => getApiKey(signal),
})
export const sessionsQuery = queryOptions({ queryKey: ['sessions'], queryFn: ({ signal }) => listSessions(signal) })

const FIRST: PageKey = null

/** No event tells of a new entry: it is read anew whenever somebody comes to look. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions<AuditPage, Error, InfiniteData<AuditPage, PageKey>, readonly unknown[], PageKey>({
    queryKey: ['audit', filter],
    initialPageParam: FIRST,
    queryFn: ({ pageParam, signal }) => listAudit(filter, pageParam, signal),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  })

/** A colleague by id, as soon as the list of them is there. */
export function useColleague(id: UserId | null | undefined): User | undefined {
  const { data } = useQuery({ ...usersQuery, enabled: id !== null && id !== undefined })
  return data?.find((user) => user.id === id)
}
