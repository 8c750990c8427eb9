import { useEffect, useRef, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { type Recorded, type Recording, startRecording } from './record-voice.ts'

/** As many as fit a wide thread; a narrow one shows the newest of them. */
export const BARS = 96
/** Shorter ones are a slip of the finger. */
const SHORTEST_MS = 1_000

interface Shown {
  elapsedMs: number
  levels: readonly number[]
}

/**
 * One recording, from the first drawing to its end. The microphone is off afterwards, whatever happens.
 * @param onLeft  the recorder was left, neither sent nor thrown away
 */
export function useRecording(onLeft: (recorded: Recorded) => void) {
  const [shown, setShown] = useState<Shown>({ elapsedMs: 0, levels: [] })
  const [phase, setPhase] = useState<'starting' | 'running' | 'full'>('starting')
  const [problem, setProblem] = useState<string>()
  const recording = useRef<Recording | undefined>(undefined)
  const tellLeft = useRef(onLeft)
  tellLeft.current = onLeft

  useEffect(() => {
    let isLeft = false
    const onLevel = (level: number, elapsedMs: number) =>
      setShown(({ levels }) => ({ elapsedMs, levels: [...levels.slice(1 - BARS), level] }))
    startRecording({ onLevel, onFull: () => setPhase('full') }).then(
      (started) => {
        if (isLeft) return started.cancel()
        recording.current = started
        setPhase('running')
      },
      (error: unknown) => setProblem(explain(error)),
    )
    return () => {
      isLeft = true
      void recording.current?.finish().then((recorded) => {
        if (recorded && recorded.durationMs >= SHORTEST_MS) tellLeft.current(recorded)
      })
      recording.current = undefined
    }
  }, [])

  /** Whoever takes it ends it. */
  function take(): Recording | undefined {
    const taken = recording.current
    recording.current = undefined
    return taken
  }

  return {
    ...shown,
    problem,
    isRunning: phase !== 'starting',
    isFull: phase === 'full',
    finish: async () => take()?.finish(),
    cancel: () => take()?.cancel(),
  }
}

function explain(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError') return t('voice.notAllowed')
  if (name === 'NotFoundError') return t('voice.notFound')
  if (name === 'NotReadableError') return t('voice.busy')
  return t('voice.failed')
}
