import type { Me } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { keys } from '../../data/query-keys.ts'
import { announceLogIn } from '../../data/session.ts'

/** Goes in as somebody: what the browser held was another's. */
export function useEnter(next?: string): (me: Me) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  return useCallback(
    async (me) => {
      client.clear()
      client.setQueryData(keys.me, me)
      announceLogIn(me)
      if (next) router.history.replace(next)
      else await navigate({ to: '/inbox', search: {}, replace: true })
    },
    [client, navigate, router, next],
  )
}
