import { useQuery } from '@tanstack/react-query'
import { securityQuery } from '../../../data/people/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { ApiKeyCard } from './ApiKeyCard.tsx'
import { CodesCard } from './CodesCard.tsx'
import { PasskeysCard } from './PasskeysCard.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import { RecoveryCard } from './RecoveryCard.tsx'
import { TokensCard } from './TokensCard.tsx'

/** How one's own log-in is guarded. */
export function SecuritySection() {
  const query = useQuery(securityQuery)
  const security = query.data
  return (
    <SettingsPage title={t('settings.security')} hint={t('security.hint')}>
      {query.isError && !security ? (
        <Problem title={t('settings.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !security ? (
        <SkeletonRows count={6} />
      ) : (
        <>
          <PasswordCard changedAt={security.passwordChangedAt} />
          <CodesCard since={security.codesSince} />
          <PasskeysCard passkeys={security.passkeys} />
          {(security.codesSince !== null || security.passkeys.length > 0) && (
            <RecoveryCard left={security.recoveryCodesLeft} />
          )}
          <TokensCard />
          <ApiKeyCard />
        </>
      )}
    </SettingsPage>
  )
}
