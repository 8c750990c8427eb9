import type { OwnChannel } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'
import { SettingsCard } from '../SettingsPage.tsx'
import { AccessRows } from './AccessRows.tsx'
import { ChangeForm } from './ChangeForm.tsx'
import { SecretCard } from './SecretCard.tsx'

/** What the account registered: what its program needs, and every field of it. */
export function OwnChannelCards({ channel }: { channel: OwnChannel }) {
  return (
    <>
      <SettingsCard title={t('channels.access')} hint={t('channels.accessHint')}>
        <AccessRows channel={channel} />
      </SettingsCard>
      <SecretCard channel={channel} />
      <ChangeForm channel={channel} />
    </>
  )
}
