import type { KeyboardEvent, ReactNode } from 'react'
import { t } from '../i18n/t.ts'
import { playTime } from './play-time.ts'

/** What an arrow key moves by: a tenth, but no more than this. */
const LONGEST_STEP_MS = 5_000

interface Props {
  label: string
  positionMs: number
  lengthMs: number
  onSeek: (positionMs: number) => void
  /** How it looks; the field that moves it lies over that, unseen. */
  children: ReactNode
}

/** A place in a recording, moved by pointer, finger and arrow keys. */
export function SeekBar({ label, positionMs, lengthMs, onSeek, children }: Props) {
  const step = Math.min(LONGEST_STEP_MS, lengthMs / 10)

  function handleKeyDown(event: KeyboardEvent) {
    const direction = STEPS[event.key]
    if (direction === undefined) return
    event.preventDefault()
    onSeek(Math.min(lengthMs, Math.max(0, positionMs + direction * step)))
  }

  return (
    <span className="relative flex min-w-0 flex-1 items-center rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent">
      {children}
      <input
        type="range"
        aria-label={label}
        aria-valuetext={t('media.positionOf', { at: playTime(positionMs), length: playTime(lengthMs) })}
        min={0}
        max={Math.max(1, Math.round(lengthMs))}
        value={Math.round(Math.min(positionMs, lengthMs))}
        onChange={(event) => onSeek(Number(event.target.value))}
        onKeyDown={handleKeyDown}
        className="absolute inset-x-0 -inset-y-1 m-0 h-auto w-full cursor-pointer opacity-0"
      />
    </span>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }
