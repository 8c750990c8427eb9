import type { SessionInfo } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Laptop, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { endOtherSessions, endSession } from '../../../data/people/endpoints.ts'
import { sessionsQuery } from '../../../data/people/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { describeBrowser } from '../../../parts/describe-browser.ts'
import { format, longDuration } from '../../../parts/format.ts'
import { Problem, reasonOf } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { toast } from '../../../parts/toast.ts'
import { useNow } from '../../../parts/use-now.ts'
import { SettingsPage } from '../SettingsPage.tsx'

/** Where one is logged in, and the way out from afar. */
export function Sessions() {
  const query = useQuery(sessionsQuery)
  const [isEndingAll, setEndingAll] = useState(false)
  const sessions = query.data
  const others = sessions?.filter(({ isThisOne }) => !isThisOne) ?? []
  return (
    <SettingsPage
      title={t('settings.sessions')}
      hint={t('security.sessionsHint')}
      actions={others.length > 0 && <Button onClick={() => setEndingAll(true)}>{t('security.endOthers')}</Button>}
    >
      {query.isError && !sessions ? (
        <Problem title={t('settings.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !sessions ? (
        <SkeletonRows count={4} height={64} hasDisc />
      ) : (
        <ul aria-label={t('settings.sessions')} className="divide-y divide-line rounded-lg border border-line">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      <ConfirmDialog
        isOpen={isEndingAll}
        onClose={() => setEndingAll(false)}
        title={t('security.endOthersTitle', { count: others.length })}
        description={t('security.endOthersHint')}
        confirmLabel={t('security.endOthers')}
        onConfirm={endOtherSessions}
      />
    </SettingsPage>
  )
}

function SessionRow({ session }: { session: SessionInfo }) {
  const now = useNow()
  const { name, isPhone } = describeBrowser(session.userAgent)
  const Icon = isPhone ? Smartphone : Laptop
  const end = () =>
    endSession(session.id).catch((error: unknown) =>
      toast({ tone: 'bad', text: t('security.notEnded', { reason: reasonOf(error) }) }),
    )
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Icon size={20} strokeWidth={1.8} aria-hidden="true" className="shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 font-medium">
          <span className="truncate">{name}</span>
          {session.isThisOne && (
            <span className="rounded-full bg-ok-soft px-2 py-px text-2xs font-medium text-ok">
              {t('security.thisOne')}
            </span>
          )}
        </p>
        <p className="text-xs text-ink-3">
          {session.address && (
            <>
              <bdi>{session.address}</bdi>
              {' · '}
            </>
          )}
          {session.isThisOne
            ? t('security.now')
            : t('security.seen', { time: longDuration(Math.max(0, now - session.lastSeenAt)) })}
          {' · '}
          {t('security.since', { date: format.date(session.createdAt) })}
        </p>
      </div>
      {!session.isThisOne && (
        <Button size="sm" aria-label={t('security.endOf', { name })} onClick={() => void end()}>
          {t('security.end')}
        </Button>
      )}
    </li>
  )
}
