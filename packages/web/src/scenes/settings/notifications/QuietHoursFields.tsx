import type { NotificationSettings, NotificationSettingsChange } from '@parley/protocol/model'
import { isQuiet, zoneOf } from '@parley/protocol/notices'
import { clsx } from 'clsx'
import { useMemo } from 'react'
import { t } from '../../../i18n/t.ts'
import { getLanguage } from '../../../i18n/texts.ts'
import { Combobox } from '../../../parts/Combobox.tsx'
import { DateTimeField } from '../../../parts/DateTimeField.tsx'
import { Switch } from '../../../parts/Switch.tsx'
import { useNow } from '../../../parts/use-now.ts'
import { fromTimeInput, toTimeInput } from './minutes.ts'

interface Props {
  settings: NotificationSettings
  accountZone: string
  onChange: (change: NotificationSettingsChange) => void
}

/** When nothing makes itself heard, on the clock of the person. */
export function QuietHoursFields({ settings, accountZone, onChange }: Props) {
  const { quiet } = settings
  const zone = zoneOf(settings, accountZone)
  const isNow = isQuiet(quiet, zone, useNow())
  const setQuiet = (change: Partial<typeof quiet>) => onChange({ quiet: { ...quiet, ...change } })
  return (
    <>
      <Switch
        label={t('noticeSettings.quietOn')}
        {...(quiet.isOn && { hint: t(isNow ? 'noticeSettings.quietNow' : 'noticeSettings.loudNow') })}
        isOn={quiet.isOn}
        // Whoever switches them on means the clock on his own wall.
        onChange={(isOn) =>
          onChange({
            quiet: { ...quiet, isOn },
            ...(settings.timeZone === null && isOn && { timeZone: browserZone() }),
          })
        }
      />
      {quiet.isOn && (
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap gap-3">
            <TimeField label={t('noticeSettings.from')} minutes={quiet.from} onChange={(from) => setQuiet({ from })} />
            <TimeField label={t('noticeSettings.to')} minutes={quiet.to} onChange={(to) => setQuiet({ to })} />
            <ZoneField zone={zone} onChange={(timeZone) => onChange({ timeZone })} />
          </div>
          <Days days={quiet.days} onChange={(days) => setQuiet({ days })} />
        </div>
      )}
    </>
  )
}

const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

interface TimeFieldProps {
  label: string
  minutes: number
  onChange: (minutes: number) => void
}

export function TimeField({ label, minutes, onChange }: TimeFieldProps) {
  return (
    <DateTimeField
      kind="time"
      label={label}
      className="w-28"
      value={toTimeInput(minutes)}
      onChange={(value) => {
        const given = fromTimeInput(value)
        if (given !== undefined) onChange(given)
      }}
    />
  )
}

function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const options = useMemo(() => Intl.supportedValuesOf('timeZone').map(toOption), [])
  return (
    <Combobox
      label={t('noticeSettings.timeZone')}
      className="w-60"
      options={options}
      value={toOption(zone)}
      onChange={(option) => option && onChange(option.value)}
    />
  )
}

const toOption = (zone: string) => ({ value: zone, label: zone.replaceAll('_', ' ') })

/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5)
const DAY_MS = 24 * 60 * 60_000
const DAYS = [1, 2, 3, 4, 5, 6, 7]

function Days({ days, onChange }: { days: readonly number[]; onChange: (days: number[]) => void }) {
  const name = (day: number, weekday: 'short' | 'long') =>
    new Intl.DateTimeFormat(getLanguage(), { weekday, timeZone: 'UTC' }).format(MONDAY + (day - 1) * DAY_MS)
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="mb-1 text-xs font-medium text-ink-2">{t('noticeSettings.days')}</legend>
      {DAYS.map((day) => (
        <label
          key={day}
          className={clsx(
            'relative flex h-8 min-w-11 items-center justify-center rounded-md px-2 text-xs font-medium select-none has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent pointer-coarse:h-10',
            days.includes(day)
              ? 'bg-accent-soft text-accent-ink'
              : 'text-ink-2 shadow-[inset_0_0_0_1px_var(--line-strong)] hover:bg-hover',
          )}
        >
          <input
            type="checkbox"
            aria-label={name(day, 'long')}
            checked={days.includes(day)}
            onChange={(event) =>
              onChange(event.target.checked ? [...days, day].sort() : days.filter((one) => one !== day))
            }
            className="absolute inset-0 appearance-none opacity-0"
          />
          {name(day, 'short')}
        </label>
      ))}
    </fieldset>
  )
}
