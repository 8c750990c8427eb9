import type { HookAnswer, Simulator } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { useState } from 'react'
import type { SimulatorActs } from '../../../data/developer/simulator.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { format } from '../../../parts/format.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Select } from '../../../parts/Select.tsx'
import { toast } from '../../../parts/toast.ts'

const ANSWERS: Record<string, HookAnswer> = {
  ok: { kind: 'ok' },
  '404': { kind: 'status', status: 404 },
  '410': { kind: 'status', status: 410 },
  '429': { kind: 'status', status: 429 },
  '500': { kind: 'status', status: 500 },
  '503': { kind: 'status', status: 503 },
  slow: { kind: 'slow', seconds: 5 },
  hang: { kind: 'hang' },
  reset: { kind: 'reset' },
  garbage: { kind: 'garbage' },
}
const labelOf = (name: string) =>
  /^\d+$/.test(name)
    ? t('simulator.answer.status', { status: name })
    : t(`simulator.answer.${name as 'ok' | 'slow' | 'hang' | 'reset' | 'garbage'}`)

/** Whether the simulator takes the hooks, until when, and what it answers. */
export function Endpoint({ simulator, acts }: { simulator: Simulator; acts: SimulatorActs }) {
  const { onUntil, answer } = simulator
  const [isBusy, setBusy] = useState(false)
  const isOn = onUntil !== null

  async function set(next: boolean, chosen: HookAnswer) {
    setBusy(true)
    try {
      await acts.set(next, chosen)
    } catch (error) {
      toast({ text: t('simulator.notSet', { reason: reasonOf(error) }), tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }

  const name = answer.kind === 'status' ? String(answer.status) : answer.kind
  const names = Object.keys(ANSWERS)
  return (
    <div
      className={clsx(
        'flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2',
        isOn && 'bg-accent-soft',
      )}
    >
      <p role="status" className="min-w-56 flex-1 text-sm text-pretty">
        {isOn ? t('simulator.onUntil', { time: format.time(onUntil) }) : t('simulator.off')}
      </p>
      {isOn && (
        <div className="flex items-center gap-2">
          <span aria-hidden="true" className="text-xs text-ink-2">
            {t('simulator.answers')}
          </span>
          <Select
            label={t('simulator.answers')}
            isLabelHidden
            className="w-52"
            isDisabled={isBusy}
            value={names.includes(name) ? name : null}
            placeholder={name}
            onChange={(value) => void set(true, ANSWERS[value]!)}
            options={names.map((value) => ({ value, label: labelOf(value) }))}
          />
        </div>
      )}
      {isOn && (
        <Button size="sm" disabled={isBusy} onClick={() => void set(true, answer)}>
          {t('simulator.tryNow')}
        </Button>
      )}
      <Button
        size="sm"
        look={isOn ? 'outline' : 'primary'}
        disabled={isBusy}
        onClick={() => void set(!isOn, isOn ? answer : { kind: 'ok' })}
      >
        {t(isOn ? 'simulator.turnOff' : 'simulator.turnOn')}
      </Button>
    </div>
  )
}
