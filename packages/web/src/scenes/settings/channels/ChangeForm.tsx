import type { OwnChannel } from '@parley/protocol/model'
import { type FormEvent, useId, useState } from 'react'
import { changeChannel } from '../../../data/channels/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
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
  const { form, change, problems, hasProblems } = useChannelForm(begin)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const changes = changesBetween(toRequest(begin), toRequest(form))
  const isChanged = Object.keys(changes).length > 0
  const isBlocked = !isChanged || state.isBusy || hasProblems

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isBlocked) return
    setState({ isBusy: true })
    try {
      const changed = await save(changeChannel(channel.id, changes))
      setBegin(form)
      setState({ isBusy: false })
      toast({ tone: 'ok', text: t(isAsked(changed) ? 'channels.asked' : 'channels.saved', { name: changed.name }) })
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
    <form
      id={id}
      aria-label={t('channels.registration')}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-6"
    >
      <FormFields form={form} change={edit} problems={{ ...fields, ...problems }} />
      {rest && <FormAlert text={rest} />}
      {isChanged && (
        <div className="sticky bottom-0 z-10 -mx-5 -mb-5 flex items-center gap-3 border-t border-line bg-surface px-5 py-3">
          <p className="min-w-0 flex-1 text-ink-2">{t('channels.unsaved')}</p>
          <Button onClick={() => edit(begin)}>{t('channels.putBack')}</Button>
          <Button type="submit" look="primary" disabled={isBlocked}>
            {t(state.isBusy ? 'settings.saving' : 'settings.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

/** The operator has to say something before all of it is in force. */
const isAsked = ({ state, waiting }: OwnChannel) => state === 'waiting' || Object.keys(waiting).length > 0
