import type { Shift } from '@parley/protocol/model'
import { Copy, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { DateTimeField } from '../../../parts/DateTimeField.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { Popover } from '../../../parts/Popover.tsx'
import { dayName } from './day-name.ts'
import { fromTime, toTime, withShift } from './week.ts'

interface Props {
  /** 0: Monday. */
  day: number
  shifts: readonly Shift[]
  onChange: (shifts: Shift[]) => void
  /** Gives these days the same hours. */
  onCopy: (days: readonly number[]) => void
}

const MOST_SHIFTS = 6

export function WeekDay({ day, shifts, onChange, onCopy }: Props) {
  const name = dayName(day)
  const more = shifts.length < MOST_SHIFTS ? withShift(shifts) : undefined
  return (
    <li className="flex flex-wrap items-start gap-x-3 py-1">
      <div className="flex min-h-8 min-w-0 flex-1 items-center @lg:w-36 @lg:flex-none pointer-coarse:min-h-10">
        <Checkbox
          label={name}
          isChecked={shifts.length > 0}
          onChange={(isOn) => onChange(isOn ? (withShift([]) ?? []) : [])}
        />
      </div>
      <div className="order-last flex min-h-8 w-full flex-col justify-center gap-2 ps-6 @lg:order-none @lg:w-auto @lg:min-w-0 @lg:flex-1 @lg:ps-0 pointer-coarse:min-h-10">
        {shifts.length === 0 && <span className="text-ink-3">{t('hours.off')}</span>}
        {shifts.map((shift, place) => (
          <ShiftFields
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the shift
            key={place}
            label={shifts.length === 1 ? name : t('hours.shift', { day: name, place: place + 1 })}
            shift={shift}
            onChange={(next) => onChange(shifts.with(place, next))}
            {...(shifts.length > 1 && { onRemove: () => onChange(shifts.toSpliced(place, 1)) })}
          />
        ))}
      </div>
      <div className="flex shrink-0">
        {shifts.length > 0 && (
          <IconButton
            label={t('hours.addShift', { day: name })}
            disabled={more === undefined}
            onClick={() => more && onChange(more)}
          >
            <Plus />
          </IconButton>
        )}
        <CopyDay day={day} onCopy={onCopy} />
      </div>
    </li>
  )
}

interface ShiftProps {
  label: string
  shift: Shift
  onChange: (shift: Shift) => void
  onRemove?: () => void
}

function ShiftFields({ label, shift, onChange, onRemove }: ShiftProps) {
  const [from, to] = shift
  return (
    <div className="flex items-center gap-1.5">
      <DateTimeField
        kind="time"
        label={t('hours.from', { day: label })}
        isLabelHidden
        value={toTime(from)}
        onChange={(time) => time !== '' && onChange([fromTime(time, false), to])}
        className="w-28"
      />
      <span aria-hidden="true" className="text-ink-3">
        –
      </span>
      <DateTimeField
        kind="time"
        label={t('hours.to', { day: label })}
        isLabelHidden
        value={toTime(to)}
        onChange={(time) => time !== '' && onChange([from, fromTime(time, true)])}
        className="w-28"
      />
      {onRemove && (
        <IconButton label={t('hours.removeShift', { shift: label })} onClick={onRemove}>
          <X />
        </IconButton>
      )}
    </div>
  )
}

const WEEK = [0, 1, 2, 3, 4, 5, 6]

/** The hours of a day for others; at first those of the same kind, workdays or weekends. */
function CopyDay({ day, onCopy }: Pick<Props, 'day' | 'onCopy'>) {
  const alike = WEEK.filter((other) => other !== day && other < 5 === day < 5)
  const [isOpen, setOpen] = useState(false)
  const [chosen, choose] = useState<readonly number[]>(alike)
  const name = dayName(day)
  return (
    <Popover
      label={t('hours.copyOf', { day: name })}
      align="end"
      className="w-56!"
      isOpen={isOpen}
      onChange={setOpen}
      trigger={
        <IconButton label={t('hours.copyOf', { day: name })}>
          <Copy />
        </IconButton>
      }
    >
      <fieldset className="flex flex-col gap-2.5">
        <legend className="mb-2 font-semibold">{t('hours.copyOf', { day: name })}</legend>
        {WEEK.filter((other) => other !== day).map((other) => (
          <Checkbox
            key={other}
            label={dayName(other)}
            isChecked={chosen.includes(other)}
            onChange={(isOn) => choose(isOn ? [...chosen, other] : chosen.filter((one) => one !== other))}
          />
        ))}
        <Button
          look="primary"
          className="mt-1"
          disabled={chosen.length === 0}
          onClick={() => {
            setOpen(false)
            onCopy(chosen)
          }}
        >
          {t('hours.copyNow')}
        </Button>
      </fieldset>
    </Popover>
  )
}
