import { useState } from 'react'
import { renewRecoveryCodes } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { SettingsCard } from '../SettingsPage.tsx'
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx'

/** What stands in for a lost phone. */
export function RecoveryCard({ left }: { left: number }) {
  const [isAsking, setAsking] = useState(false)
  const [codes, setCodes] = useState<string[]>()
  return (
    <SettingsCard
      title={t('security.recovery')}
      hint={t('security.recoveryLeft', { count: left })}
      actions={<Button onClick={() => setAsking(true)}>{t('security.recoveryRenew')}</Button>}
    >
      {isAsking && (
        <PasswordDialog
          title={t('security.recoveryRenewTitle')}
          description={t('security.recoveryRenewHint')}
          confirmLabel={t('security.recoveryRenew')}
          onClose={() => setAsking(false)}
          onConfirm={async (password) => {
            setCodes((await renewRecoveryCodes(password)).codes)
            setAsking(false)
          }}
        />
      )}
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(undefined)} />}
    </SettingsCard>
  )
}
