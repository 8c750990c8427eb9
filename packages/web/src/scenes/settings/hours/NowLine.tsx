import type { WorkingHours } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { t } from '../../../i18n/t.ts'
import { useNow } from '../../../parts/use-now.ts'
import { dayNameOf } from './day-name.ts'
import { hoursNow, toTime, wallTime } from './week.ts'

/** What these hours mean at this moment: `Open now, closes at 18:00`. */
export function NowLine({ hours, zone }: { hours: WorkingHours; zone: string }) {
  const now = hoursNow(hours, wallTime(useNow(), zone))
  const isOpen = now.kind === 'open' || now.kind === 'always'
  return (
    <p role="status" className="mt-4 flex items-center gap-2 border-t border-line pt-3 text-ink-2">
      <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-full', isOpen ? 'bg-ok' : 'bg-ink-3')} />
      {say(now)}
    </p>
  )
}

function say(now: ReturnType<typeof hoursNow>): string {
  if (!('minute' in now)) return t(`hours.now.${now.kind}`)
  const time = toTime(now.minute)
  if (now.date === null) return t(`hours.now.${now.kind}`, { time })
  return t(`hours.now.${now.kind}On`, { day: dayNameOf(now.date), time })
}
