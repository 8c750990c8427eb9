import { useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { registerChannel } from '../../../data/channels/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { FormAlert } from '../PasswordDialog.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { useSettingsSave } from '../use-settings-change.ts'
import { BackToChannels } from './BackToChannels.tsx'
import { EMPTY_FORM, toRequest } from './channel-form.ts'
import { FormFields } from './FormFields.tsx'
import { showSecret } from './shown-secret.ts'
import { useChannelForm } from './use-channel-form.ts'

/** The form a channel of one's own is registered with. Its page shows the secret, once. */
export function NewChannel() {
  const id = useId()
  const save = useSettingsSave('channels')
  const navigate = useNavigate()
  const { form, change, problems, rest, isBusy, isBlocked, submit } = useChannelForm(EMPTY_FORM, {
    isReady: ({ name, webhookUrl }) => name.trim() !== '' && webhookUrl.trim() !== '',
    async send(written) {
      const made = await save(registerChannel(toRequest(written)))
      showSecret(made)
      await navigate({
        to: '/settings/$section/$part',
        params: { section: 'channels', part: made.channel.id },
        replace: true,
      })
    },
  })
  return (
    <SettingsPage
      lead={<BackToChannels />}
      title={t('channels.newTitle')}
      hint={t('channels.newHint')}
      actions={
        <Button type="submit" form={id} look="primary" disabled={isBlocked}>
          {t(isBusy ? 'settings.saving' : 'channels.registerNow')}
        </Button>
      }
    >
      <form id={id} aria-label={t('channels.newTitle')} noValidate onSubmit={submit} className="flex flex-col gap-6">
        {rest && <FormAlert text={rest} />}
        <FormFields form={form} change={change} problems={problems} />
      </form>
    </SettingsPage>
  )
}
