import type { Me } from '@parley/protocol/model'
import { ApiRefusal } from './api.ts'

/** Tabs of one browser share the session: what one does to it, all must hear. */
type SessionNews = { kind: 'ended' } | { kind: 'began'; scope: string }

const channel = new BroadcastChannel('parley.session')
const listeners = new Set<(news: SessionNews) => void>()
channel.onmessage = ({ data }: MessageEvent<SessionNews>) => tell(data)

function tell(news: SessionNews) {
  for (const listener of listeners) listener(news)
}

/** Names one person in one account, for what the browser keeps of theirs. */
export const sessionScope = ({ account, user }: Me): string => `${account.id}.${user.id}`

export function onSessionNews(listener: (news: SessionNews) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The server does not know us any more. */
export function loseSession(): void {
  tell({ kind: 'ended' })
}

export function announceLogOut(): void {
  channel.postMessage({ kind: 'ended' } satisfies SessionNews)
}

export function announceLogIn(me: Me): void {
  channel.postMessage({ kind: 'began', scope: sessionScope(me) } satisfies SessionNews)
}

/** 401, too, but of somebody who is coming in. */
const LOG_IN_REFUSALS = ['wrong_credentials', 'second_factor_needed', 'log_in_expired']

export const isLoggedOut = (error: unknown): boolean =>
  error instanceof ApiRefusal && error.status === 401 && !LOG_IN_REFUSALS.includes(error.code)
