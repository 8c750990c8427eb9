import type { Shift, WorkingHours } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { request } from '../../../data/api.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { getLanguage } from '../../../i18n/texts.ts'
import { Button } from '../../../parts/Button.tsx'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { DateTimeField } from '../../../parts/DateTimeField.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { Problem, reasonOf } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { toast } from '../../../parts/toast.ts'
import { SettingsCard, SettingsPage } from '../SettingsPage.tsx'
import { dayName } from './day-name.ts'
import { NowLine } from './NowLine.tsx'
import { WeekDay } from './WeekDay.tsx'
import { findWrongDay, USUAL } from './week.ts'

interface Answer {
  workingHours: WorkingHours | null
}

const KEY = ['working-hours']

/** When the account's people work. */
export function HoursSection() {
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<Answer>('GET', '/account/working-hours', undefined, signal),
  })
  if (query.data) return <Editor key={JSON.stringify(query.data)} saved={query.data.workingHours} />
  return (
    <SettingsPage title={t('settings.hours')} hint={t('hours.hint')}>
      {query.isError ? (
        <Problem title={t('settings.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows />
      )}
    </SettingsPage>
  )
}

function Editor({ saved }: { saved: WorkingHours | null }) {
  const { account } = useMe()
  const client = useQueryClient()
  const [hours, setHours] = useState(saved)
  const [isSaving, setSaving] = useState(false)
  const wrongDay = hours ? findWrongDay(hours) : undefined
  const isSame = JSON.stringify(hours) === JSON.stringify(saved)
  const save = async () => {
    setSaving(true)
    try {
      const answer = await request<Answer>('PUT', '/account/working-hours', { workingHours: hours })
      client.setQueryData(KEY, answer)
      toast({ text: t('hours.saved') })
    } catch (error) {
      toast({ tone: 'bad', text: t('settings.saveFailed', { reason: reasonOf(error) }) })
    } finally {
      setSaving(false)
    }
  }
  const saveButton = (
    <Button look="primary" disabled={isSame || isSaving || wrongDay !== undefined} onClick={() => void save()}>
      {isSaving ? t('settings.saving') : t('settings.save')}
    </Button>
  )
  return (
    <SettingsPage title={t('settings.hours')} hint={t('hours.hint')} actions={saveButton}>
      <Checkbox
        label={t('hours.limited')}
        isChecked={hours !== null}
        onChange={(isOn) => setHours(isOn ? (saved ?? USUAL) : null)}
      />
      {hours && (
        <>
          <Week hours={hours} zone={account.timeZone} onChange={setHours} />
          {wrongDay !== undefined && (
            <p role="alert" className="text-sm text-bad">
              {t('hours.order', { day: dayName(wrongDay - 1) })}
            </p>
          )}
          <Holidays hours={hours} onChange={setHours} />
        </>
      )}
    </SettingsPage>
  )
}

interface Props {
  hours: WorkingHours
  onChange: (hours: WorkingHours) => void
}

function Week({ hours, zone, onChange }: Props & { zone: string }) {
  const setDay = (index: number, shifts: Shift[]) => onChange({ ...hours, week: hours.week.with(index, shifts) })
  const copy = (from: number, days: readonly number[]) =>
    onChange({
      ...hours,
      week: hours.week.map((shifts, index) => (days.includes(index) ? hours.week[from]! : shifts)),
    })
  return (
    <SettingsCard title={t('hours.week')} hint={t('hours.weekHint', { zone })}>
      <ul className="flex flex-col">
        {hours.week.map((shifts, index) => (
          <WeekDay
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the day
            key={index}
            day={index}
            shifts={shifts}
            onChange={(next) => setDay(index, next)}
            onCopy={(days) => copy(index, days)}
          />
        ))}
      </ul>
      {findWrongDay(hours) === undefined && <NowLine hours={hours} zone={zone} />}
    </SettingsCard>
  )
}

function Holidays({ hours, onChange }: Props) {
  const [day, setDay] = useState('')
  const set = (holidays: string[]) => onChange({ ...hours, holidays })
  const shown = (date: string) =>
    new Intl.DateTimeFormat(getLanguage(), { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(date))
  const add = () => {
    set([...new Set([...hours.holidays, day])].sort())
    setDay('')
  }
  return (
    <SettingsCard title={t('hours.holidays')} hint={t('hours.holidaysHint')}>
      <ul className="flex flex-col">
        {hours.holidays.map((date) => (
          <li key={date} className="flex items-center gap-2">
            <span className="flex-1">{shown(date)}</span>
            <IconButton
              label={t('hours.remove', { day: shown(date) })}
              onClick={() => set(hours.holidays.filter((one) => one !== date))}
            >
              <X aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="mt-2 flex items-end gap-2">
        <DateTimeField kind="date" label={t('hours.add')} value={day} onChange={setDay} className="w-44" />
        <Button disabled={day === ''} onClick={add}>
          {t('hours.add')}
        </Button>
      </div>
    </SettingsCard>
  )
}
