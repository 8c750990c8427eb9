import type { Integration, IntegrationWithSecret } from '@parley/protocol/model'
import { type ReactNode, useState } from 'react'
import { CONSENT_PATH } from '../../../data/integrations/asked.ts'
import {
  deleteIntegration,
  rotateIntegrationSecret,
  uninstallIntegration,
} from '../../../data/integrations/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { format } from '../../../parts/format.ts'
import { SettingsCard } from '../SettingsPage.tsx'
import { useSettingsSave } from '../use-settings-change.ts'
import { LongLivedTokens } from './LongLivedTokens.tsx'

interface Props {
  integration: Integration
  onEdit: () => void
  onSecret: (rotated: IntegrationWithSecret) => void
}

type Act = 'uninstall' | 'rotate' | 'delete'

/** One program: what it is, whether it is let in, and what can be done with it. */
export function IntegrationCard({ integration, onEdit, onSecret }: Props) {
  const save = useSettingsSave('integrations')
  const [act, setAct] = useState<Act>()
  const { id, name, about, isOwn, ownerName, grant } = integration
  const work: Record<Act, () => Promise<unknown>> = {
    uninstall: () => save(uninstallIntegration(id)),
    rotate: async () => onSecret(await save(rotateIntegrationSecret(id))),
    delete: () => save(deleteIntegration(id)),
  }
  return (
    <SettingsCard
      title={name}
      hint={about ?? (isOwn ? undefined : t('consent.by', { owner: ownerName }))}
      actions={
        <>
          {isOwn && <Button onClick={onEdit}>{t('integrations.edit')}</Button>}
          {grant ? (
            <Button onClick={() => setAct('uninstall')}>{t('integrations.uninstall')}</Button>
          ) : (
            <Button look="primary" onClick={() => install(integration)}>
              {t('integrations.install')}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Facts integration={integration} />
        {grant && <LongLivedTokens integration={integration} />}
        {isOwn && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setAct('rotate')}>{t('integrations.rotate')}</Button>
            <Button look="ghost" onClick={() => setAct('delete')}>
              {t('integrations.delete')}
            </Button>
          </div>
        )}
      </div>
      {act && (
        <ConfirmDialog
          isOpen
          onClose={() => setAct(undefined)}
          title={t(`integrations.confirm.${act}.title`, { name })}
          description={t(`integrations.confirm.${act}.hint`)}
          confirmLabel={t(`integrations.${act}`)}
          onConfirm={work[act]}
        />
      )}
    </SettingsCard>
  )
}

function Facts({ integration }: { integration: Integration }) {
  const { id, grant, registration } = integration
  return (
    <>
      <p role="status" className={grant ? 'text-good' : 'text-ink-3'}>
        {grant
          ? t('integrations.installed', { date: format.date(grant.grantedAt), name: grant.userName })
          : t('integrations.notInstalled')}
      </p>
      <Part title={t('integrations.clientId')}>
        <CopyBox label={t('integrations.clientId')} text={id} />
      </Part>
      <Part title={t('integrations.scopes')}>
        <ul>
          {(grant ?? integration).scopes.map((scope) => (
            <li key={scope}>{t(`integrations.scopeMay.${scope}`)}</li>
          ))}
        </ul>
      </Part>
      {registration && (
        <Part title={t('integrations.redirectUris')}>
          <ul className="font-mono text-xs break-all">
            {registration.redirectUris.map((uri) => (
              <li key={uri}>{uri}</li>
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <p className="mb-1 text-xs font-medium text-ink-2">{title}</p>
      {children}
    </div>
  )
}

/** By a page of its own: what comes of it is the program's. */
const install = ({ id }: Integration) => location.assign(`${CONSENT_PATH}?${new URLSearchParams({ client_id: id })}`)
