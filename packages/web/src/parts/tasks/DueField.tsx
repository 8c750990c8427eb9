import { clsx } from 'clsx'
import { useId } from 'react'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { DateTimeField } from '../DateTimeField.tsx'
import { createFormat } from '../format.ts'
import { fromLocalInput, toLocalInput } from '../local-time.ts'
import { DUE_PRESETS, type Due, presetDue } from './due.ts'

interface Props {
  due: Due
  onChange: (due: Due) => void
}

/** When it is due: one press for what is meant most, else a day, and a time where it matters. */
export function DueField({ due, onChange }: Props) {
  const { account } = useMe()
  const id = useId()
  const isDay = 'dueOn' in due
  const [day = '', time = ''] = isDay ? [due.dueOn] : toLocalInput(due.dueAt).split('T')

  function setDay(next: string) {
    if (next === '') return
    onChange(isDay ? { dueOn: next } : { dueAt: fromLocalInput(`${next}T${time}`) ?? due.dueAt })
  }
  function setTime(next: string) {
    const dueAt = next === '' ? undefined : fromLocalInput(`${day}T${next}`)
    if (dueAt !== undefined) onChange({ dueAt })
    else if (!isDay) onChange({ dueOn: createFormat('en', account.timeZone).dayKey(due.dueAt) })
  }

  return (
    <fieldset className="min-w-0">
      <legend id={id} className="mb-1 text-xs font-medium text-ink-2">
        {t('task.dueLabel')}
      </legend>
      <div className="flex flex-wrap gap-1">
        {DUE_PRESETS.map((preset) => {
          const isOn = isDay && JSON.stringify(presetDue(preset, Date.now(), account.timeZone)) === JSON.stringify(due)
          return (
            <button
              key={preset}
              type="button"
              aria-pressed={isOn}
              onClick={() => onChange(presetDue(preset, Date.now(), account.timeZone))}
              className={clsx(
                'h-7 rounded-md px-2 text-xs font-medium pointer-coarse:h-10',
                isOn ? 'bg-accent-soft text-accent-ink' : 'bg-hover text-ink-2 hover:text-ink',
              )}
            >
              {t(`task.due.${preset}`)}
            </button>
          )
        })}
      </div>
      <div className="mt-2 flex gap-2">
        <DateTimeField
          kind="date"
          label={t('task.day')}
          isLabelHidden
          value={day}
          onChange={setDay}
          className="flex-1"
        />
        <DateTimeField
          kind="time"
          label={t('task.time')}
          isLabelHidden
          value={time.slice(0, 5)}
          onChange={setTime}
          className="w-28"
        />
      </div>
    </fieldset>
  )
}
