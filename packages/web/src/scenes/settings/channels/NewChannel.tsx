import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { registerChannel } from '../../../data/channels/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { FormAlert } from '../PasswordDialog.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { useSettingsSave } from '../use-settings-change.ts'
import { BackToChannels } from './BackToChannels.tsx'
import { type ChannelForm, EMPTY_FORM, toRequest } from './channel-form.ts'
import { FormFields } from './FormFields.tsx'
import { showSecret } from './shown-secret.ts'
import { useChannelForm } from './use-channel-form.ts'

/** The form a channel of one's own is registered with. Its page shows the secret, once. */
export function NewChannel() {
  const id = useId()
  const save = useSettingsSave('channels')
  const navigate = useNavigate()
  const { form, change, problems, hasProblems } = useChannelForm(EMPTY_FORM)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const isBlocked = state.isBusy || hasProblems || form.name.trim() === '' || form.webhookUrl.trim() === ''

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isBlocked) return
    setState({ isBusy: true })
    try {
      const made = await save(registerChannel(toRequest(form)))
      showSecret(made)
      await navigate({
        to: '/settings/$section/$part',
        params: { section: 'channels', part: made.channel.id },
        replace: true,
      })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  // What was refused is no longer what stands there.
  const edit = (part: Partial<ChannelForm>) => {
    setState({ isBusy: false })
    change(part)
  }
  const { fields, rest } = readFormProblem(state.error, Object.keys(toRequest(form)))
  return (
    <SettingsPage
      lead={<BackToChannels />}
      title={t('channels.newTitle')}
      hint={t('channels.newHint')}
      actions={
        <Button type="submit" form={id} look="primary" disabled={isBlocked}>
          {t(state.isBusy ? 'settings.saving' : 'channels.registerNow')}
        </Button>
      }
    >
      <form
        id={id}
        aria-label={t('channels.newTitle')}
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-6"
      >
        {rest && <FormAlert text={rest} />}
        <FormFields form={form} change={edit} problems={{ ...fields, ...problems }} />
      </form>
    </SettingsPage>
  )
}
