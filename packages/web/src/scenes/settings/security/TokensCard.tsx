import type { TokenInfo } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { endToken, makeToken } from '../../../data/people/endpoints.ts'
import { tokensQuery } from '../../../data/people/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { format } from '../../../parts/format.ts'
import { Select } from '../../../parts/Select.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { SettingsCard } from '../SettingsPage.tsx'

/** Programs that act in one's own name. */
export function TokensCard() {
  const { data: tokens = [] } = useQuery(tokensQuery)
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<string>()
  const [ending, setEnding] = useState<TokenInfo>()
  return (
    <SettingsCard
      title={t('security.tokens')}
      hint={t('security.tokensHint')}
      actions={<Button onClick={() => setMaking(true)}>{t('security.tokenMake')}</Button>}
    >
      {tokens.length > 0 && (
        <ul aria-label={t('security.tokens')} className="-my-2 divide-y divide-line">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onEnd={() => setEnding(token)} />
          ))}
        </ul>
      )}
      {isMaking && (
        <MakeToken
          onClose={() => setMaking(false)}
          onDone={(token) => {
            setMaking(false)
            setMade(token)
          }}
        />
      )}
      <Dialog
        isOpen={made !== undefined}
        isKept
        onClose={() => setMade(undefined)}
        title={t('security.tokenMade')}
        description={t('security.tokenMadeHint')}
        footer={
          <Button look="primary" onClick={() => setMade(undefined)}>
            {t('settings.done')}
          </Button>
        }
      >
        <CopyBox label={t('security.token')} text={made ?? ''} />
      </Dialog>
      <ConfirmDialog
        isOpen={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={t('security.tokenEndTitle', { name: ending?.name ?? t('security.tokenNameless') })}
        description={t('security.tokenEndHint')}
        confirmLabel={t('security.tokenEnd')}
        onConfirm={() => ending && endToken(ending.id)}
      />
    </SettingsCard>
  )
}

function TokenRow({ token, onEnd }: { token: TokenInfo; onEnd: () => void }) {
  const name = token.name ?? t('security.tokenNameless')
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate font-medium">
          {name}
        </p>
        <p className="text-xs text-ink-3">
          {t('security.tokenUntil', { date: format.date(token.expiresAt) })}
          {' · '}
          {token.lastUsedAt === null
            ? t('security.neverUsed')
            : t('security.lastUsed', { date: format.date(token.lastUsedAt) })}
        </p>
      </div>
      <Button size="sm" aria-label={t('security.tokenEndOf', { name })} onClick={onEnd}>
        {t('security.tokenEnd')}
      </Button>
    </li>
  )
}

const LIFETIMES = ['30', '90', '365', '1825'] as const

function MakeToken({ onClose, onDone }: { onClose: () => void; onDone: (token: string) => void }) {
  const [name, setName] = useState('')
  const [days, setDays] = useState<(typeof LIFETIMES)[number]>('365')
  async function make(password: string) {
    const wish = { name: name.trim() || t('security.token'), lifetimeDays: Number(days), password }
    onDone((await makeToken(wish)).token)
  }
  return (
    <PasswordDialog
      title={t('security.tokenMake')}
      description={t('security.tokenMakeHint')}
      confirmLabel={t('security.tokenMake')}
      onClose={onClose}
      onConfirm={make}
    >
      <TextField label={t('security.tokenName')} maxLength={100} autoFocus value={name} onChange={setName} />
      <Select
        label={t('security.tokenLifetime')}
        options={LIFETIMES.map((value) => ({ value, label: t('time.days', { count: Number(value) }) }))}
        value={days}
        onChange={setDays}
      />
    </PasswordDialog>
  )
}
