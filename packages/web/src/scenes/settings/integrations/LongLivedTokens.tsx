import type { Integration, LongLivedToken } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { longLivedQuery, revokeLongLived } from '../../../data/integrations/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { format } from '../../../parts/format.ts'
import { ProblemLine } from '../../../parts/Notice.tsx'
import { useSettingsSave } from '../use-settings-change.ts'
import { TokenDialog } from './TokenDialog.tsx'

/** Tokens for a program that cannot be sent anywhere. */
export function LongLivedTokens({ integration }: { integration: Integration }) {
  const query = useQuery(longLivedQuery(integration.id))
  const save = useSettingsSave('integrations')
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<string>()
  const [ending, setEnding] = useState<LongLivedToken>()
  const tokens = query.data?.items ?? []
  return (
    <div>
      <p className="mb-1 text-xs font-medium text-ink-2">{t('integrations.tokens')}</p>
      {query.isError && <ProblemLine title={t('integrations.failed')} onRetry={() => void query.refetch()} />}
      <ul aria-label={t('integrations.tokens')} className="divide-y divide-line">
        {tokens.map((token) => (
          <li key={token.id} className="flex items-center gap-3 py-2">
            <span className="min-w-0 flex-1 truncate">
              {token.name} · {t('integrations.tokenUntil', { date: format.date(token.expiresAt) })}
            </span>
            <Button size="sm" onClick={() => setEnding(token)}>
              {t('integrations.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <Button size="sm" className="mt-1" onClick={() => setMaking(true)}>
        {t('integrations.tokenMake')}
      </Button>
      {isMaking && (
        <TokenDialog
          integration={integration}
          suggestion={t('integrations.tokenNumber', { number: tokens.length + 1 })}
          onClose={() => setMaking(false)}
          onMade={setMade}
        />
      )}
      <Dialog
        isOpen={made !== undefined}
        isKept
        onClose={() => setMade(undefined)}
        title={t('integrations.tokenMade')}
        description={t('integrations.secretHint')}
        footer={
          <Button look="primary" onClick={() => setMade(undefined)}>
            {t('settings.done')}
          </Button>
        }
      >
        <CopyBox label={t('integrations.tokens')} text={made ?? ''} />
      </Dialog>
      <ConfirmDialog
        isOpen={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={t('integrations.revokeTitle', { name: ending?.name ?? '' })}
        description={t('integrations.revokeHint')}
        confirmLabel={t('integrations.revoke')}
        onConfirm={() => ending && save(revokeLongLived(integration.id, ending.id))}
      />
    </div>
  )
}
