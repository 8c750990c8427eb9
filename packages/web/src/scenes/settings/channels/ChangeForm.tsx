import type { OwnChannel } from '@parley/protocol/model'
import { useId, useState } from 'react'
import { changeChannel } from '../../../data/channels/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { toast } from '../../../parts/toast.ts'
import { FormAlert } from '../PasswordDialog.tsx'
import { useSettingsSave } from '../use-settings-change.ts'
import { type ChannelForm, changesBetween, formOf, toRequest } from './channel-form.ts'
import { FormFields } from './FormFields.tsx'
import { useChannelForm } from './use-channel-form.ts'

/** Every field of a registration; what was changed is saved together. */
export function ChangeForm({ channel }: { channel: OwnChannel }) {
  const id = useId()
  const save = useSettingsSave('channels')
  const [begin, setBegin] = useState(() => formOf(channel))
  const changesIn = (form: ChannelForm) => changesBetween(toRequest(begin), toRequest(form))
  const isReady = (form: ChannelForm) => Object.keys(changesIn(form)).length > 0
  const { form, change, problems, rest, isBusy, isBlocked, submit } = useChannelForm(begin, {
    isReady,
    async send(written) {
      const changed = await save(changeChannel(channel.id, changesIn(written)))
      setBegin(written)
      toast({ tone: 'ok', text: t(isAsked(changed) ? 'channels.asked' : 'channels.saved', { name: changed.name }) })
    },
  })
  return (
    <form id={id} aria-label={t('channels.registration')} noValidate onSubmit={submit} className="flex flex-col gap-6">
      <FormFields form={form} change={change} problems={problems} />
      {rest && <FormAlert text={rest} />}
      {isReady(form) && (
        <div className="sticky bottom-0 z-10 -mx-5 -mb-5 flex items-center gap-3 border-t border-line bg-surface px-5 py-3">
          <p className="min-w-0 flex-1 text-ink-2">{t('channels.unsaved')}</p>
          <Button onClick={() => change(begin)}>{t('channels.putBack')}</Button>
          <Button type="submit" look="primary" disabled={isBlocked}>
            {t(isBusy ? 'settings.saving' : 'settings.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

/** The operator has to say something before all of it is in force. */
const isAsked = ({ state, waiting }: OwnChannel) => state === 'waiting' || Object.keys(waiting).length > 0
