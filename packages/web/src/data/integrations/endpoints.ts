import type {
  ChangeIntegrationRequest,
  Consent,
  ConsentAnswer,
  ConsentRequest,
  Integration,
  IntegrationId,
  IntegrationWithSecret,
  LongLivedToken,
  NewIntegrationInput,
  NewLongLivedTokenRequest,
  TokenFamilyId,
} from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

// The first part of a key is the topic of `settings.changed` that makes it be read again.

export const integrationsQuery = queryOptions({
  queryKey: ['integrations'],
  queryFn: ({ signal }) => request<{ items: Integration[] }>('GET', '/integrations', undefined, signal),
})
export const longLivedQuery = (id: IntegrationId) =>
  queryOptions({
    queryKey: ['integrations', id, 'tokens'],
    queryFn: ({ signal }) =>
      request<{ items: LongLivedToken[] }>('GET', `/integrations/${id}/tokens`, undefined, signal),
  })

export const registerIntegration = (wish: NewIntegrationInput) =>
  request<IntegrationWithSecret>('POST', '/integrations', wish)
export const changeIntegration = (id: IntegrationId, change: ChangeIntegrationRequest) =>
  request<Integration>('PATCH', `/integrations/${id}`, change)
export const deleteIntegration = (id: IntegrationId) => request<void>('DELETE', `/integrations/${id}`)
export const rotateIntegrationSecret = (id: IntegrationId) =>
  request<IntegrationWithSecret>('POST', `/integrations/${id}/secret`)
export const uninstallIntegration = (id: IntegrationId) => request<void>('POST', `/integrations/${id}/uninstall`)
export const makeLongLived = (id: IntegrationId, wish: NewLongLivedTokenRequest) =>
  request<{ token: string }>('POST', `/integrations/${id}/tokens`, wish)
export const revokeLongLived = (id: IntegrationId, familyId: TokenFamilyId) =>
  request<void>('DELETE', `/integrations/${id}/tokens/${familyId}`)

export const consentQuery = (query: { clientId: string; redirectUri?: string | undefined }) =>
  queryOptions({
    queryKey: ['consent', query],
    queryFn: ({ signal }) => {
      const { clientId, redirectUri } = query
      const asked = new URLSearchParams({ clientId, ...(redirectUri !== undefined && { redirectUri }) })
      return request<Consent>('GET', `/consent?${asked}`, undefined, signal)
    },
    staleTime: 0,
  })
export const decideConsent = (body: ConsentRequest) => request<ConsentAnswer>('POST', '/consent', body)
