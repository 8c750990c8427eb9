import { useQuery } from '@tanstack/react-query'
import { Inbox, RefreshCw } from 'lucide-react'
import { registrationsQuery } from '../../../data/channels/registrations.ts'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { RegistrationCard } from './RegistrationCard.tsx'

/** The operator's queue: what accounts registered, or want to change, longest waiting first. */
export function Registrations() {
  const query = useQuery(registrationsQuery)
  const items = query.data?.items
  return (
    <SettingsPage
      title={t('settings.registrations')}
      hint={t('registrations.hint')}
      actions={
        <IconButton label={t('registrations.refresh')} onClick={() => void query.refetch()}>
          <RefreshCw />
        </IconButton>
      }
    >
      {query.isError && !items ? (
        <Problem title={t('registrations.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !items ? (
        <SkeletonRows count={2} height={160} hasDisc />
      ) : items.length === 0 ? (
        <Notice
          title={t('registrations.none')}
          hint={t('registrations.noneHint')}
          drawing={<Inbox size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : (
        items.map((one) => <RegistrationCard key={one.id} registration={one} />)
      )}
    </SettingsPage>
  )
}
