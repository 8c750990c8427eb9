import type { FigureHour } from '@parley/protocol/model'
import { number } from '../../parts/format.ts'
import { hourText, weekdayText } from './figure-format.ts'

interface Props {
  label: string
  hours: readonly FigureHour[]
  amountOf: (hour: FigureHour) => number
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

export const cellKey = (weekday: number, hour: number) => `${weekday} ${hour}`

/** A week by the hour: the busier, the darker. Its table says the same in figures. */
export function HeatMap({ label, hours, amountOf }: Props) {
  const amounts = new Map(hours.map((one) => [cellKey(one.weekday, one.hour), amountOf(one)]))
  const most = Math.max(1, ...amounts.values())
  return (
    <div
      role="img"
      aria-label={label}
      className="grid grid-cols-[auto_repeat(24,minmax(0,1fr))] gap-0.5 text-2xs text-ink-3"
    >
      {WEEKDAYS.map((weekday) => (
        <Row key={weekday} weekday={weekday} amounts={amounts} most={most} />
      ))}
      <span />
      {HOURS.map((hour) => (
        <span key={hour} className="tnum overflow-visible text-center whitespace-nowrap">
          {hour % 6 === 0 ? hour : ''}
        </span>
      ))}
    </div>
  )
}

interface RowProps {
  weekday: number
  amounts: ReadonlyMap<string, number>
  most: number
}

function Row({ weekday, amounts, most }: RowProps) {
  return (
    <>
      <span className="pe-1.5 leading-5">{weekdayText(weekday)}</span>
      {HOURS.map((hour) => {
        const amount = amounts.get(cellKey(weekday, hour)) ?? 0
        const share = amount === 0 ? 0 : 12 + (88 * amount) / most
        return (
          <span
            key={hour}
            title={`${weekdayText(weekday)} ${hourText(hour)}: ${number(amount)}`}
            className="h-5 rounded-[3px]"
            style={{ background: `color-mix(in oklab, var(--accent) ${share}%, var(--hover))` }}
          />
        )
      })}
    </>
  )
}
