import type { ChangeMeRequest, Me } from '@parley/protocol/model'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { keys } from '../query-keys.ts'
import { changeMe } from './endpoints.ts'

type Wish = Pick<ChangeMeRequest, 'language' | 'preferences'>

/** Changes how the screens are for oneself: here at once, on the server for every other browser. Rejects when it was not kept. */
export function useChangePreferences(): (wish: Wish) => Promise<void> {
  const client = useQueryClient()
  return useCallback((wish) => save(client, wish), [client])
}

async function save(client: QueryClient, wish: Wish): Promise<void> {
  const before = client.getQueryData<Me>(keys.me)
  // First here, so that what is read again meanwhile does not put the old ones back on the screen.
  client.setQueryData<Me>(
    keys.me,
    (me) =>
      me && {
        ...me,
        ...(wish.language !== undefined && { language: wish.language }),
        preferences: { ...me.preferences, ...(wish.preferences as Me['preferences']) },
      },
  )
  try {
    client.setQueryData<Me>(keys.me, await changeMe(wish))
  } catch (error) {
    if (before) client.setQueryData<Me>(keys.me, before)
    throw error
  }
}
