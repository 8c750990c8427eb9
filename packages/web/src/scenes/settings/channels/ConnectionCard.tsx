import type { ChannelCard, ChannelConnection } from '@parley/protocol/model'
import { useState } from 'react'
import { connectChannel, disconnectChannel } from '../../../data/channels/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { format } from '../../../parts/format.ts'
import { Select } from '../../../parts/Select.tsx'
import { SavedField } from '../SavedField.tsx'
import { SettingsCard } from '../SettingsPage.tsx'
import { useSettingsChange, useSettingsSave } from '../use-settings-change.ts'
import { ConnectButton } from './ConnectButton.tsx'
import { ConnectionSources } from './ConnectionSources.tsx'
import { canConnect } from './channel-state.ts'
import { HealthFigures } from './HealthFigures.tsx'
import { SwitchButton } from './SwitchButton.tsx'
import { TestMessageButton } from './TestMessageButton.tsx'

/** Whether the account takes messages by this channel, under which name, and how that goes. */
export function ConnectionCard({ card }: { card: ChannelCard }) {
  if (card.connection) return <Connected card={card} connection={card.connection} />
  return (
    <SettingsCard
      title={t('channels.notConnected')}
      hint={t(card.state === 'approved' ? 'channels.notConnectedHint' : 'channels.notApprovedHint')}
      actions={canConnect(card) && <ConnectButton card={card} />}
    />
  )
}

function Connected({ card, connection }: { card: ChannelCard; connection: ChannelConnection }) {
  const change = useSettingsChange('channels')
  const save = useSettingsSave('channels')
  const [isLeaving, setLeaving] = useState(false)
  const { title, hookVersion, scopeId, connectedAt, health } = connection
  return (
    <>
      <SettingsCard
        title={t('channels.connection')}
        hint={t('channels.connectedSince', { date: format.date(connectedAt) })}
        actions={
          <>
            {card.isOwn && <TestMessageButton channelId={card.id} scopeId={scopeId} title={title} />}
            {connection.switchedBy === 'account' && <SwitchButton card={card} />}
            <Button onClick={() => setLeaving(true)}>{t('channels.disconnect')}</Button>
          </>
        }
      >
        <div className="flex flex-col gap-5">
          <HealthFigures connection={connection} />
          <SavedField
            label={t('channels.connectionTitle')}
            hint={t('channels.connectionTitleHint')}
            maxLength={255}
            value={title}
            onSave={(next) => save(connectChannel(card.id, { title: next, hookVersion }))}
          />
          {card.hookVersions.length > 1 && (
            <Select
              label={t('channels.hookVersion')}
              hint={t('channels.hookVersionHint')}
              className="max-w-96"
              value={hookVersion}
              onChange={(next) => void change(() => connectChannel(card.id, { title, hookVersion: next }))}
              options={card.hookVersions.map((value) => ({ value, label: t(`channels.version.${value}`) }))}
            />
          )}
          <div>
            <p aria-hidden="true" className="mb-1 text-xs font-medium text-ink-2">
              {t('channels.scopeId')}
            </p>
            <CopyBox label={t('channels.scopeId')} text={scopeId} />
          </div>
        </div>
        <ConfirmDialog
          isOpen={isLeaving}
          onClose={() => setLeaving(false)}
          title={t('channels.disconnectTitle', { name: title })}
          description={
            <>
              {t('channels.disconnectHint')}
              {health.waiting > 0 && ` ${t('channels.disconnectWaiting', { count: health.waiting })}`}
            </>
          }
          confirmLabel={t('channels.disconnect')}
          onConfirm={() => save(disconnectChannel(card.id))}
        />
      </SettingsCard>
      <ConnectionSources channelId={card.id} />
    </>
  )
}
