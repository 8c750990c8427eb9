import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { triesAsQuery } from '../../../data/docs/try-it.ts'
import { isLoggedOut } from '../../../data/session.ts'
import { t } from '../../../i18n/t.ts'
import { ProblemLine } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { Hint, type TryProps } from './Hint.tsx'
import { TryAppApi } from './TryAppApi.tsx'
import { TryChatsApi } from './TryChatsApi.tsx'

/** Sends what the page describes, as whoever is logged in. */
export function TryIt({ page, document }: Omit<TryProps, 'me'>) {
  const { href } = useLocation()
  const query = useQuery(triesAsQuery)
  if (query.isPending) return <SkeletonRows count={3} />
  if (isLoggedOut(query.error))
    return (
      <Hint>
        {t('docs.try.logInFirst')}{' '}
        <Link to="/login" search={{ next: href }} className="font-medium text-accent-ink underline underline-offset-2">
          {t('docs.try.logIn')}
        </Link>
      </Hint>
    )
  if (!query.data) return <ProblemLine title={t('docs.loadFailed')} onRetry={() => void query.refetch()} />
  const Form = page.book === 'chats' ? TryChatsApi : TryAppApi
  return <Form page={page} document={document} me={query.data} />
}
