import type {
  Account,
  ApiKeyInfo,
  AuditPage,
  ChangeAccountRequest,
  ChangeGroupRequest,
  ChangeMeRequest,
  ChangePasswordRequest,
  ChangeRoleRequest,
  ChangeUserRequest,
  GroupId,
  Invitation,
  InvitationId,
  Me,
  NewApiKey,
  NewAuthenticator,
  NewGroupInput,
  NewInvitation,
  NewInvitationInput,
  NewPasskey,
  NewPasskeyRequest,
  NewRoleRequest,
  PasskeyStep,
  RecoveryCodes,
  RoleId,
  Security,
  SessionInfo,
  TeamGroup,
  TeamMember,
  TeamRole,
  TokenInfo,
  User,
  UserId,
} from '@parley/protocol/model'
import { request } from '../api.ts'
import type { PageKey } from '../endpoints.ts'

interface List<Item> {
  items: Item[]
}

const list = <Item>(path: string, signal: AbortSignal | undefined) =>
  request<List<Item>>('GET', path, undefined, signal).then(({ items }) => items)

export const listUsers = (signal?: AbortSignal) => list<User>('/users', signal)
export const listTeam = (signal?: AbortSignal) => list<TeamMember>('/team', signal)
export const changeUser = (id: UserId, body: ChangeUserRequest) => request<User>('PATCH', `/users/${id}`, body)
/** `handOverTo`: whose the leads become; null: nobody's; absent: they stay. */
export const disableUser = (id: UserId, body: { handOverTo?: UserId | null }) =>
  request<void>('POST', `/users/${id}/disable`, body)
export const enableUser = (id: UserId) => request<void>('POST', `/users/${id}/enable`)
export const makePasswordLink = (id: UserId) =>
  request<{ link: string; expiresAt: number }>('POST', `/users/${id}/password-link`)
export const endSessionsOf = (id: UserId) => request<void>('DELETE', `/users/${id}/sessions`)
export const dropSecondFactor = (id: UserId) => request<void>('DELETE', `/users/${id}/second-factor`)

export const listInvitations = (signal?: AbortSignal) => list<Invitation>('/invitations', signal)
export const invite = (body: NewInvitationInput) => request<NewInvitation>('POST', '/invitations', body)
export const resendInvitation = (id: InvitationId) => request<NewInvitation>('POST', `/invitations/${id}/resend`)
export const revokeInvitation = (id: InvitationId) => request<void>('DELETE', `/invitations/${id}`)

export const listRoles = (signal?: AbortSignal) => list<TeamRole>('/roles', signal)
export const createRole = (body: NewRoleRequest) => request<TeamRole>('POST', '/roles', body)
export const changeRole = (id: RoleId, body: ChangeRoleRequest) => request<TeamRole>('PATCH', `/roles/${id}`, body)
export const deleteRole = (id: RoleId, moveTo: RoleId | null) =>
  request<void>('DELETE', `/roles/${id}${moveTo === null ? '' : `?moveTo=${moveTo}`}`)

export const listGroups = (signal?: AbortSignal) => list<TeamGroup>('/groups', signal)
export const createGroup = (body: NewGroupInput) => request<TeamGroup>('POST', '/groups', body)
export const changeGroup = (id: GroupId, body: ChangeGroupRequest) => request<TeamGroup>('PATCH', `/groups/${id}`, body)
export const deleteGroup = (id: GroupId) => request<void>('DELETE', `/groups/${id}`)

export const changeAccount = (body: ChangeAccountRequest) => request<Account>('PATCH', '/account', body)

export interface AuditFilter {
  actions?: readonly string[]
  user?: UserId
  from?: number
  until?: number
}

export function listAudit({ actions, user, from, until }: AuditFilter, after: PageKey, signal?: AbortSignal) {
  const query = new URLSearchParams({ limit: '50' })
  if (actions && actions.length > 0) query.set('actions', actions.join(','))
  if (user !== undefined) query.set('user', String(user))
  if (from !== undefined) query.set('from', String(from))
  if (until !== undefined) query.set('until', String(until))
  if (after !== null) query.set('after', after)
  return request<AuditPage>('GET', `/audit?${query}`, undefined, signal)
}

export const changeMe = (body: ChangeMeRequest) => request<Me>('PATCH', '/me', body)
export const changePassword = (body: ChangePasswordRequest) => request<void>('PUT', '/me/password', body)
export const getSecurity = (signal?: AbortSignal) => request<Security>('GET', '/me/security', undefined, signal)
export const beginTotp = (password: string) => request<NewAuthenticator>('POST', '/me/totp', { password })
export const confirmTotp = (code: string) => request<RecoveryCodes>('POST', '/me/totp/confirm', { code })
export const turnTotpOff = (password: string) => request<void>('POST', '/me/totp/turn-off', { password })
export const renewRecoveryCodes = (password: string) =>
  request<RecoveryCodes>('POST', '/me/recovery-codes', { password })
export const beginPasskey = (password: string) => request<PasskeyStep>('POST', '/me/passkeys/options', { password })
export const addPasskey = (body: NewPasskeyRequest) => request<NewPasskey>('POST', '/me/passkeys', body)
const passkeyPath = (id: string) => `/me/passkeys/${encodeURIComponent(id)}`
export const renamePasskey = (id: string, name: string) => request<void>('PATCH', passkeyPath(id), { name })
export const removePasskey = (id: string, password: string) =>
  request<void>('POST', `${passkeyPath(id)}/remove`, { password })

export const listSessions = (signal?: AbortSignal) => list<SessionInfo>('/me/sessions', signal)
export const endSession = (id: string) => request<void>('DELETE', `/me/sessions/${encodeURIComponent(id)}`)
export const endOtherSessions = () => request<void>('DELETE', '/me/sessions')

export const listTokens = (signal?: AbortSignal) => list<TokenInfo>('/me/tokens', signal)
export const makeToken = (body: { name: string; lifetimeDays: number; password: string }) =>
  request<{ token: string; expiresAt: number }>('POST', '/me/tokens', body)
export const endToken = (id: string) => request<void>('DELETE', `/me/tokens/${encodeURIComponent(id)}`)

/** Null: there is none. */
export const getApiKey = (signal?: AbortSignal) =>
  request<{ apiKey: ApiKeyInfo | null }>('GET', '/me/api-key', undefined, signal).then(({ apiKey }) => apiKey)
/** A new one in the place of the one before. */
export const makeApiKey = (password: string) => request<NewApiKey>('POST', '/me/api-key', { password })
export const revokeApiKey = () => request<void>('DELETE', '/me/api-key')
