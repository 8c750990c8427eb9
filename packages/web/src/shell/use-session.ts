import type { Me } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { setCanRead } from '../data/connection.ts'
import { keepDrafts } from '../data/conversation/keep-drafts.ts'
import { logOut } from '../data/endpoints.ts'
import { listsIn } from '../data/inbox/list-cache.ts'
import { startOutbox } from '../data/outbox/use-outbox.ts'
import { startQuery, useMe } from '../data/queries.ts'
import { startRealtime } from '../data/realtime.ts'
import { announceLogOut, isLoggedOut, loseSession, onSessionNews, sessionScope } from '../data/session.ts'
import { offerConstants } from './page-constants.ts'
import { usePreferences } from './use-preferences.ts'

/** Everything that runs while somebody is logged in: the event stream, the outbox, and the ear for the session's end. */
export function useSessionServices(): void {
  const client = useQueryClient()
  const me = useMe()
  const scope = sessionScope(me)
  const query = useQuery(startQuery)
  const isLoaded = query.data !== undefined
  const hasFailed = query.isError

  useEffect(() => startOutbox(client, scope), [client, scope])
  useEffect(() => keepDrafts(scope), [scope])
  useEffect(() => offerConstants(me), [me])
  useEffect(() => {
    const first = client.getQueryData(startQuery.queryKey)
    if (!isLoaded || !first) return undefined
    // A list that was read before may be older by a moment.
    const seqs = listsIn(client).map(({ seq }) => seq)
    return startRealtime(client, scope, Math.min(first.seq, ...seqs))
  }, [client, scope, isLoaded])
  useEffect(() => {
    if (hasFailed) setCanRead(true)
  }, [hasFailed])
  usePreferences()
  useSessionEnd(me)
}

function useSessionEnd(me: Me): void {
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()

  useEffect(() => {
    const stopWatching = client.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && isLoggedOut(query.state.error)) loseSession()
    })
    const stopListening = onSessionNews((news) => {
      if (news.kind === 'began') {
        // Somebody else logged in beside us: everything here is another person's.
        if (news.scope !== sessionScope(me)) location.assign('/inbox')
        return
      }
      forgetWhatWasKept()
      const { href, pathname } = router.state.location
      if (pathname === '/login') return
      void navigate({ to: '/login', search: { next: href } }).then(() => client.clear())
    })
    return () => {
      stopWatching()
      stopListening()
    }
  }, [client, navigate, router, me])
}

/** Ends the session here and in every tab. Throws when the server did not hear of it. */
export function useLogOut(): () => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useCallback(async () => {
    await logOut()
    announceLogOut()
    forgetWhatWasKept()
    await navigate({ to: '/login', search: {} })
    client.clear()
  }, [client, navigate])
}

/** What a start without network would show is this person's. */
const forgetWhatWasKept = () =>
  void import('../data/offline/snapshot.ts').then(({ forgetSnapshot }) => forgetSnapshot()).catch(() => undefined)
