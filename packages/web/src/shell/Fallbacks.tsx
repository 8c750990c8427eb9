import { Link, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiRefusal, NoAnswer } from '../data/api.ts'
import { t } from '../i18n/t.ts'
import { Button } from '../parts/Button.tsx'
import { Notice, reasonOf } from '../parts/Notice.tsx'

/** An address that names nothing. */
export function NotFound() {
  return (
    <main className="flex h-full">
      <Notice title={t('app.notFound')}>
        <Link to="/inbox" className="font-medium text-accent-ink underline-offset-2 hover:underline">
          {t('app.toInbox')}
        </Link>
      </Notice>
    </main>
  )
}

const RETRY_MS = 3000

/** Asks again by itself, for who sees that the server is away may have no hand free. */
function useRetry(isWanted: boolean): void {
  const router = useRouter()
  useEffect(() => {
    if (!isWanted) return
    const retry = () => void router.invalidate()
    const timer = setInterval(retry, RETRY_MS)
    window.addEventListener('online', retry)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', retry)
    }
  }, [isWanted, router])
}

/** The app could not start, or a screen of it broke. What was typed is on disk either way. */
export function StartProblem({ error }: { error: unknown }) {
  const router = useRouter()
  const isOurs = !(error instanceof ApiRefusal || error instanceof NoAnswer)
  if (isOurs) console.error(error)
  useRetry(!isOurs)
  return (
    <main className="flex h-full">
      <Notice
        isAlert
        title={t(isOurs ? 'app.crashed' : 'app.startFailed')}
        hint={isOurs ? t('app.crashedHint') : `${reasonOf(error)}. ${t('app.startFailedHint')}`}
      >
        <Button onClick={() => (isOurs ? location.reload() : void router.invalidate())}>
          {t(isOurs ? 'app.reload' : 'error.tryAgain')}
        </Button>
      </Notice>
    </main>
  )
}
