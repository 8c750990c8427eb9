import type { Connection } from '@parley/protocol/model'
import { type FormEvent, useState } from 'react'
import { createSource } from '../../../data/work/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { TextField } from '../../../parts/TextField.tsx'
import { useSettingsSave } from '../use-settings-change.ts'

/** A line that the channel knows and we do not yet. */
export function NewSource({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const save = useSettingsSave('sources')
  const [name, setName] = useState('')
  const [externalId, setExternalId] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, ['name', 'externalId'])
  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await save(createSource(connection.channelId, { name, externalId: externalId.trim() }))
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  return (
    <form
      aria-label={t('sources.addTo', { channel: connection.title })}
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-3 py-1"
    >
      <div className="grid gap-3 @md:grid-cols-2">
        <TextField
          label={t('sources.newName')}
          autoFocus
          maxLength={255}
          value={name}
          onChange={setName}
          error={problem.fields.name}
        />
        <TextField
          label={t('sources.externalId')}
          hint={t('sources.externalIdHint')}
          maxLength={40}
          value={externalId}
          onChange={setExternalId}
          error={problem.fields.externalId}
        />
      </div>
      {problem.rest && (
        <p role="alert" className="text-bad">
          {problem.rest}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={state.isBusy || name.trim() === '' || externalId.trim() === ''}>
          {t('sources.addNow')}
        </Button>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
      </div>
    </form>
  )
}
