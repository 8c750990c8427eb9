import type { Integration, IntegrationWithSecret } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Blocks } from 'lucide-react'
import { useState } from 'react'
import { integrationsQuery } from '../../../data/integrations/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { IntegrationCard } from './IntegrationCard.tsx'
import { IntegrationDialog } from './IntegrationDialog.tsx'

/** Programs that the account registered, and programs it let in. */
export function IntegrationsSection() {
  const query = useQuery(integrationsQuery)
  const [editing, setEditing] = useState<Integration | 'new'>()
  const [shown, setShown] = useState<IntegrationWithSecret>()
  const items = query.data?.items
  return (
    <SettingsPage
      title={t('settings.integrations')}
      hint={t('integrations.hint')}
      actions={
        <Button look="primary" onClick={() => setEditing('new')}>
          {t('integrations.new')}
        </Button>
      }
    >
      {query.isError && !items ? (
        <Problem title={t('integrations.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !items ? (
        <SkeletonRows count={4} height={56} />
      ) : items.length === 0 ? (
        <Notice
          title={t('integrations.none')}
          hint={t('integrations.noneHint')}
          drawing={<Blocks size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : (
        items.map((one) => (
          <IntegrationCard key={one.id} integration={one} onEdit={() => setEditing(one)} onSecret={setShown} />
        ))
      )}
      {editing && (
        <IntegrationDialog
          integration={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onMade={setShown}
        />
      )}
      <Dialog
        isOpen={shown !== undefined}
        isKept
        onClose={() => setShown(undefined)}
        title={t('integrations.secretTitle', { name: shown?.integration.name ?? '' })}
        description={t('integrations.secretHint')}
        footer={
          <Button look="primary" onClick={() => setShown(undefined)}>
            {t('settings.done')}
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <p className="text-xs text-ink-2">{t('integrations.clientId')}</p>
          <CopyBox label={t('integrations.clientId')} text={shown?.integration.id ?? ''} />
          <p className="text-xs text-ink-2">{t('integrations.secret')}</p>
          <CopyBox label={t('integrations.secret')} text={shown?.secret ?? ''} />
        </div>
      </Dialog>
    </SettingsPage>
  )
}
