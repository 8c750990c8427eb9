import type { PasskeyInfo } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { KeyRound, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { entranceQuery } from '../../../data/people/doors.ts'
import { removePasskey, renamePasskey } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { format } from '../../../parts/format.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { toast } from '../../../parts/toast.ts'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { SettingsCard } from '../SettingsPage.tsx'
import { AddPasskey } from './AddPasskey.tsx'
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx'

const canUsePasskeys = () => 'PublicKeyCredential' in window

/** Passkeys: behind the password, or instead of it. */
export function PasskeysCard({ passkeys }: { passkeys: readonly PasskeyInfo[] }) {
  const entrance = useQuery(entranceQuery)
  const [isAdding, setAdding] = useState(false)
  const [codes, setCodes] = useState<string[]>()
  const [leaving, setLeaving] = useState<PasskeyInfo>()
  const isPossible = canUsePasskeys() && entrance.data?.canUsePasskeys !== false
  return (
    <SettingsCard
      title={t('security.passkeys')}
      hint={t(isPossible ? 'security.passkeysHint' : 'security.passkeysImpossible')}
      actions={isPossible && <Button onClick={() => setAdding(true)}>{t('security.passkeyAdd')}</Button>}
    >
      {passkeys.length > 0 && (
        <ul aria-label={t('security.passkeys')} className="-my-2 divide-y divide-line">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => setLeaving(passkey)} />
          ))}
        </ul>
      )}
      {isAdding && (
        <AddPasskey
          onClose={() => setAdding(false)}
          onDone={({ recoveryCodes }) => {
            setAdding(false)
            toast({ tone: 'ok', text: t('security.passkeyAdded') })
            if (recoveryCodes) setCodes(recoveryCodes)
          }}
        />
      )}
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(undefined)} />}
      {leaving && (
        <PasswordDialog
          title={t('security.passkeyRemoveTitle', { name: leaving.name })}
          description={t('security.passkeyRemoveHint')}
          confirmLabel={t('security.passkeyRemove')}
          isDangerous
          onClose={() => setLeaving(undefined)}
          onConfirm={async (password) => {
            await removePasskey(leaving.id, password)
            setLeaving(undefined)
          }}
        />
      )}
    </SettingsCard>
  )
}

function PasskeyRow({ passkey, onRemove }: { passkey: PasskeyInfo; onRemove: () => void }) {
  const { id, name, createdAt, lastUsedAt, isBackedUp } = passkey
  return (
    <li className="flex items-center gap-3 py-2">
      <KeyRound size={18} strokeWidth={1.8} aria-hidden="true" className="shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <InlineEdit
          label={t('security.passkeyName')}
          value={name}
          onSave={(next) => renamePasskey(id, next)}
          className="font-medium"
        />
        <p className="text-xs text-ink-3">
          {t('security.passkeySince', { date: format.date(createdAt) })}
          {' · '}
          {lastUsedAt === null ? t('security.neverUsed') : t('security.lastUsed', { date: format.date(lastUsedAt) })}
          {isBackedUp && ` · ${t('security.passkeySynced')}`}
        </p>
      </div>
      <IconButton label={t('security.passkeyRemoveOf', { name })} onClick={onRemove}>
        <Trash2 />
      </IconButton>
    </li>
  )
}
