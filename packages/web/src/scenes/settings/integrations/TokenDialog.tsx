import type { Integration } from '@parley/protocol/model'
import { type FormEvent, useId, useState } from 'react'
import { makeLongLived } from '../../../data/integrations/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { format } from '../../../parts/format.ts'
import { TextField } from '../../../parts/TextField.tsx'
import { useSettingsSave } from '../use-settings-change.ts'

const YEAR = '365'
/** As the server has it: one day to five years. */
const MOST_DAYS = 1825
const DAY_MS = 86_400_000

interface Props {
  integration: Integration
  /** What it is called unless somebody knows better. */
  suggestion: string
  onClose: () => void
  onMade: (token: string) => void
}

/** What a long-lived token is called, and how long it lives. */
export function TokenDialog({ integration, suggestion, onClose, onMade }: Props) {
  const form = useId()
  const save = useSettingsSave('integrations')
  const [name, setName] = useState(suggestion)
  const [given, setGiven] = useState(YEAR)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const { fields, rest } = readFormProblem(state.error, ['name', 'lifetimeDays'])
  const days = /^\d{1,4}$/.test(given.trim()) ? Number(given) : 0
  const isRight = days >= 1 && days <= MOST_DAYS

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!isRight) return
    setState({ isBusy: true })
    try {
      const { token } = await save(makeLongLived(integration.id, { name: name.trim(), lifetimeDays: days }))
      onClose()
      onMade(token)
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      onClose={onClose}
      title={t('integrations.tokenNew')}
      description={t('integrations.tokenHint')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" form={form} look="primary" disabled={state.isBusy || !isRight}>
            {t('integrations.tokenMake')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          {...{ label: t('integrations.name'), value: name, onChange: setName, error: fields.name }}
          maxLength={100}
          required
          autoFocus
        />
        <TextField
          {...{ label: t('integrations.tokenDays'), value: given, onChange: setGiven }}
          inputMode="numeric"
          required
          {...(isRight
            ? { hint: t('integrations.tokenDaysHint', { date: format.date(Date.now() + days * DAY_MS) }) }
            : { error: t('integrations.tokenDaysWrong') })}
          {...(fields.lifetimeDays !== undefined && { error: fields.lifetimeDays })}
        />
        {rest && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            {rest}
          </p>
        )}
      </form>
    </Dialog>
  )
}
