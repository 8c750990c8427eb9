import type { NewApiKey } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { makeApiKey, revokeApiKey } from '../../../data/people/endpoints.ts'
import { apiKeyQuery } from '../../../data/people/queries.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { format } from '../../../parts/format.ts'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { SettingsCard } from '../SettingsPage.tsx'

/** What programs of 2017 log in with. Admins make theirs; who has one can revoke it. */
export function ApiKeyCard() {
  const { user } = useMe()
  const { data: apiKey } = useQuery(apiKeyQuery)
  const [asked, setAsked] = useState<'make' | 'revoke'>()
  const [made, setMade] = useState<NewApiKey>()
  const isAdmin = user.role === 'admin'
  if (apiKey === undefined || (apiKey === null && !isAdmin)) return null
  const makeLabel = t(apiKey ? 'security.apiKeyRenew' : 'security.apiKeyMake')
  return (
    <SettingsCard
      title={t('security.apiKey')}
      hint={t('security.apiKeyHint')}
      actions={
        <>
          {isAdmin && <Button onClick={() => setAsked('make')}>{makeLabel}</Button>}
          {apiKey && <Button onClick={() => setAsked('revoke')}>{t('security.apiKeyRevoke')}</Button>}
        </>
      }
    >
      {apiKey && (
        <p className="text-ink-2">
          {t('security.apiKeySince', { date: format.date(apiKey.createdAt) })}
          {' · '}
          {apiKey.lastUsedAt === null
            ? t('security.neverUsed')
            : t('security.lastUsed', { date: format.date(apiKey.lastUsedAt) })}
        </p>
      )}
      {asked === 'make' && (
        <PasswordDialog
          title={makeLabel}
          description={t(apiKey ? 'security.apiKeyRenewHint' : 'security.apiKeyMakeHint')}
          confirmLabel={makeLabel}
          onClose={() => setAsked(undefined)}
          onConfirm={async (password) => {
            setMade(await makeApiKey(password))
            setAsked(undefined)
          }}
        />
      )}
      <MadeKey made={made} onClose={() => setMade(undefined)} />
      <ConfirmDialog
        isOpen={asked === 'revoke'}
        onClose={() => setAsked(undefined)}
        title={t('security.apiKeyRevokeTitle')}
        description={t('security.apiKeyRevokeHint')}
        confirmLabel={t('security.apiKeyRevoke')}
        onConfirm={revokeApiKey}
      />
    </SettingsCard>
  )
}

/** Shown once. */
function MadeKey({ made, onClose }: { made: NewApiKey | undefined; onClose: () => void }) {
  return (
    <Dialog
      isOpen={made !== undefined}
      isKept
      onClose={onClose}
      title={t('security.apiKeyMade')}
      description={t('security.tokenMadeHint')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('settings.done')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <CopyBox label={t('security.apiKeyLogin')} text={made?.login ?? ''} />
        <CopyBox label={t('security.apiKey')} text={made?.key ?? ''} />
      </div>
    </Dialog>
  )
}
