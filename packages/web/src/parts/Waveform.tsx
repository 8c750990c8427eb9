import { clsx } from 'clsx'
import { resamplePeaks } from './peaks.ts'

const BARS = 38
const LEAST_PERCENT = 10

interface Props {
  /** Empty: flat. */
  peaks: readonly number[]
  /** How much of it was heard, 0 to 1. */
  progress: number
}

/** A recording as bars; those that were heard are darker. Drawn for the eye only: the slider over it says the same. */
export function Waveform({ peaks, progress }: Props) {
  return (
    <span aria-hidden="true" className="flex h-7 w-full items-center gap-[2px]">
      {resamplePeaks(peaks, BARS).map((peak, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: bars never move
          key={index}
          className={clsx('min-w-px flex-1 rounded-full', index < progress * BARS ? 'bg-accent' : 'bg-ink-3/45')}
          style={{ height: `${Math.max(LEAST_PERCENT, peak)}%` }}
        />
      ))}
    </span>
  )
}
