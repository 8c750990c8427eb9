import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useConnection } from '../data/connection.ts'
import { useMe } from '../data/queries.ts'
import { sessionScope } from '../data/session.ts'
import { importWithTexts } from '../i18n/lazy-with-texts.ts'

/** Makes notifications noticed while somebody is logged in. Nothing of it is needed to draw the screen, so it comes after it. */
export function useNoticeServices(): void {
  const client = useQueryClient()
  const router = useRouter()
  const scope = sessionScope(useMe())
  const canRead = useConnection((state) => state.canRead)

  useEffect(() => {
    if (!canRead) return
    let stop: (() => void) | undefined
    let isOver = false
    const openPlace = (place: string) => router.history.push(place)
    importWithTexts(() => import('./notice-services.ts'), ['notifications']).then(
      ({ startNoticeServices }) => {
        if (!isOver) stop = startNoticeServices(client, { scope, openPlace })
      },
      // Without network there is nothing to notice; the next start has it.
      () => undefined,
    )
    return () => {
      isOver = true
      stop?.()
    }
  }, [client, router, scope, canRead])
}
