import type { OwnChannel } from '@parley/protocol/model'
import { useState } from 'react'
import { revokePreviousSecret, rotateSecret } from '../../../data/channels/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { format } from '../../../parts/format.ts'
import { SettingsCard } from '../SettingsPage.tsx'
import { useSettingsSave } from '../use-settings-change.ts'
import { showSecret } from './shown-secret.ts'

/** The secret is never shown here; it can be changed, with a day in which the old one is good, too. */
export function SecretCard({ channel }: { channel: OwnChannel }) {
  const save = useSettingsSave('channels')
  const [asked, setAsked] = useState<'rotate' | 'revoke'>()
  const { id, name, previousSecretUntil: until } = channel
  const close = () => setAsked(undefined)
  return (
    <SettingsCard
      title={t('channels.secret')}
      hint={until === null ? t('channels.secretHint') : t('channels.twoSecrets', { time: format.fullTime(until) })}
      actions={
        until === null ? (
          <Button onClick={() => setAsked('rotate')}>{t('channels.rotate')}</Button>
        ) : (
          <Button onClick={() => setAsked('revoke')}>{t('channels.revoke')}</Button>
        )
      }
    >
      <ConfirmDialog
        isOpen={asked === 'rotate'}
        isDangerous={false}
        onClose={close}
        title={t('channels.rotateTitle', { name })}
        description={t('channels.rotateHint')}
        confirmLabel={t('channels.rotate')}
        onConfirm={async () => showSecret(await save(rotateSecret(id)))}
      />
      <ConfirmDialog
        isOpen={asked === 'revoke'}
        onClose={close}
        title={t('channels.revokeTitle')}
        description={t('channels.revokeHint', { name })}
        confirmLabel={t('channels.revoke')}
        onConfirm={() => save(revokePreviousSecret(id))}
      />
    </SettingsCard>
  )
}
