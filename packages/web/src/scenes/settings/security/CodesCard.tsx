import type { NewAuthenticator } from '@parley/protocol/model'
import { useState } from 'react'
import { beginTotp, turnTotpOff } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { format } from '../../../parts/format.ts'
import { toast } from '../../../parts/toast.ts'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { SettingsCard } from '../SettingsPage.tsx'
import { AuthenticatorDialog } from './AuthenticatorDialog.tsx'
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx'

type Step =
  | { kind: 'none' }
  | { kind: 'ask_on' }
  | { kind: 'scan'; authenticator: NewAuthenticator }
  | { kind: 'codes'; codes: string[] }
  | { kind: 'ask_off' }

/** Codes of an authenticator app, asked for behind the password. */
export function CodesCard({ since }: { since: number | null }) {
  const [step, setStep] = useState<Step>({ kind: 'none' })
  const close = () => setStep({ kind: 'none' })
  return (
    <SettingsCard
      title={t('security.codes')}
      hint={since === null ? t('security.codesHint') : t('security.codesSince', { date: format.date(since) })}
      actions={
        since === null ? (
          <Button onClick={() => setStep({ kind: 'ask_on' })}>{t('security.codesOn')}</Button>
        ) : (
          <Button onClick={() => setStep({ kind: 'ask_off' })}>{t('security.codesOff')}</Button>
        )
      }
    >
      {step.kind === 'ask_on' && (
        <PasswordDialog
          title={t('security.codesOnTitle')}
          description={t('security.codesOnHint')}
          confirmLabel={t('security.continue')}
          onClose={close}
          onConfirm={async (password) => setStep({ kind: 'scan', authenticator: await beginTotp(password) })}
        />
      )}
      {step.kind === 'scan' && (
        <AuthenticatorDialog
          authenticator={step.authenticator}
          onClose={close}
          onDone={(codes) => (codes.length > 0 ? setStep({ kind: 'codes', codes }) : close())}
        />
      )}
      {step.kind === 'codes' && <RecoveryCodesDialog codes={step.codes} onClose={close} />}
      {step.kind === 'ask_off' && (
        <PasswordDialog
          title={t('security.codesOffTitle')}
          description={t('security.codesOffHint')}
          confirmLabel={t('security.codesOff')}
          isDangerous
          onClose={close}
          onConfirm={async (password) => {
            await turnTotpOff(password)
            toast({ text: t('security.codesAreOff') })
            close()
          }}
        />
      )}
    </SettingsCard>
  )
}
