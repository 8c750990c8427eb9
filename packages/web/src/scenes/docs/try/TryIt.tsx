import type { Me } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ApiDocument } from '../../../data/docs/openapi.ts'
import { triesAsQuery } from '../../../data/docs/try-it.ts'
import { isLoggedOut } from '../../../data/session.ts'
import { t } from '../../../i18n/t.ts'
import { ProblemLine } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import type { OperationPage } from '../reference.ts'
import { TryAppApi } from './TryAppApi.tsx'
import { TryChatsApi } from './TryChatsApi.tsx'

export interface TryProps {
  page: OperationPage
  document: ApiDocument
  me: Me
}

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

export function Hint({ children }: { children: ReactNode }) {
  return <p className="rounded-md bg-sunken px-3 py-2 text-ink-2">{children}</p>
}
