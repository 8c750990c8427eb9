import type {
  AcceptInvitationRequest,
  Entrance,
  Me,
  OpenInvitation,
  PasskeyLogInRequest,
  PasskeyStep,
  SignUpRequest,
  SubdomainAnswer,
} from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

// What somebody does who is not logged in yet.

export const entranceQuery = queryOptions({
  queryKey: ['entrance'],
  queryFn: ({ signal }) => request<Entrance>('GET', '/entrance', undefined, signal),
})

export const logInWithCode = (ticket: string, code: string) => request<Me>('POST', '/session/code', { ticket, code })
export const beginPasskeyLogIn = (ticket?: string) =>
  request<PasskeyStep>('POST', '/session/passkey/options', ticket === undefined ? {} : { ticket })
export const logInWithPasskey = (body: PasskeyLogInRequest) => request<Me>('POST', '/session/passkey', body)

export const signUp = (body: SignUpRequest) => request<Me>('POST', '/sign-ups', body)
export const askSubdomain = (subdomain: string, signal?: AbortSignal) =>
  request<SubdomainAnswer>('GET', `/sign-ups/subdomain?${new URLSearchParams({ subdomain })}`, undefined, signal)

const invitePath = (token: string) => `/invites/${encodeURIComponent(token)}`
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invite', token],
    queryFn: ({ signal }) => request<OpenInvitation>('GET', invitePath(token), undefined, signal),
  })
export const acceptInvitation = (token: string, body: AcceptInvitationRequest) =>
  request<Me>('POST', invitePath(token), body)

const linkPath = (token: string) => `/password-links/${encodeURIComponent(token)}`
export const askForPasswordLink = (email: string) => request<void>('POST', '/password-links', { email })
export const passwordLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['password-link', token],
    queryFn: ({ signal }) => request<{ email: string; accountName: string }>('GET', linkPath(token), undefined, signal),
  })
export const setPasswordByLink = (token: string, password: string) =>
  request<void>('POST', linkPath(token), { password })
