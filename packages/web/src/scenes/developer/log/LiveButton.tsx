import { Pause, Play } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'

interface Props {
  isPaused: boolean
  /** Lines that came meanwhile. */
  waiting: number
  isWaitingMore: boolean
  onChange: (isPaused: boolean) => void
}

/** Freezes a log that grows under one's eyes, and says what waits. */
export function LiveButton({ isPaused, waiting, isWaitingMore, onChange }: Props) {
  return (
    <>
      <span role="status" className="tnum text-xs text-ink-3">
        {isPaused && t('developer.waiting', { count: waiting, shown: `${waiting}${isWaitingMore ? '+' : ''}` })}
      </span>
      <Button aria-pressed={isPaused} onClick={() => onChange(!isPaused)}>
        {isPaused ? <Play size={15} aria-hidden="true" /> : <Pause size={15} aria-hidden="true" />}
        {t(isPaused ? 'developer.live' : 'developer.freeze')}
      </Button>
    </>
  )
}
