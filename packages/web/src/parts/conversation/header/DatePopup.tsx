import { Popover } from '@base-ui/react/popover'
import { useRef, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../Button.tsx'
import { DateTimeField } from '../../DateTimeField.tsx'
import { fromLocalInput, toLocalInput } from '../../local-time.ts'
import { POPUP } from '../../menu-classes.ts'
import type { Layer } from '../../use-layer.ts'
import { useNow } from '../../use-now.ts'

interface Props {
  layer: Layer
  /** The beginning of the day, here. */
  onPick: (at: number) => void
}

const DAY_MS = 24 * 3_600_000
const LATEST_DAYS_AGO = [0, 1, 7, 30] as const

/** Which day to open a conversation at: one of the usual ones, any other, or its very beginning. */
export function DatePopup({ layer, onPick }: Props) {
  const now = useNow()
  const [day, setDay] = useState('')
  const today = toLocalInput(now).slice(0, 10)
  const startOf = (date: string) => fromLocalInput(`${date}T00:00`)
  const hasPicked = useRef(false)
  const pick = (at: number) => {
    hasPicked.current = true
    onPick(at)
  }
  // Whoever went to a day reads on from there; whoever did not is back where he was.
  const finalFocus = () => {
    const goes = hasPicked.current
    hasPicked.current = false
    return goes ? document.getElementById('main')!.querySelector<HTMLElement>('[role=log]') : layer.anchor.current
  }
  return (
    <Popover.Root open={layer.isOpen} onOpenChange={layer.change}>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Positioner anchor={layer.anchor} align="end" sideOffset={6} collisionPadding={8} className="z-40">
          <Popover.Popup finalFocus={finalFocus} aria-label={t('thread.toDate')} className={`${POPUP} w-64 p-3`}>
            <form
              className="flex items-end gap-2"
              onSubmit={(event) => {
                event.preventDefault()
                const at = startOf(day)
                if (at !== undefined && Number.isFinite(at)) pick(at)
              }}
            >
              <DateTimeField
                kind="date"
                label={t('thread.day')}
                value={day}
                onChange={setDay}
                max={today}
                className="flex-1"
              />
              <Button type="submit" look="primary" disabled={day === ''}>
                {t('thread.go')}
              </Button>
            </form>
            <div className="mt-3 grid gap-0.5">
              {LATEST_DAYS_AGO.map((days) => (
                <Way key={days} onClick={() => pick(startOf(toLocalInput(now - days * DAY_MS).slice(0, 10))!)}>
                  {WAYS[days]()}
                </Way>
              ))}
              <Way onClick={() => pick(0)}>{t('thread.beginning')}</Way>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

const WAYS = {
  0: () => t('time.today'),
  1: () => t('time.yesterday'),
  7: () => t('thread.weekAgo'),
  30: () => t('thread.monthAgo'),
}

function Way(props: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      {...props}
      className="h-8 rounded-md px-2 text-start text-sm hover:bg-hover pointer-coarse:h-10"
    />
  )
}
