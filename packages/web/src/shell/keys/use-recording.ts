import { useEffect, useState } from 'react'
import { isFixed, writeStroke } from '../../parts/shortcuts/custom-keys.ts'
import { readStroke } from '../../parts/shortcuts/strokes.ts'

/** After the first key so long is waited for a second. */
const CHORD_MS = 900

interface Recording {
  isOn: boolean
  /** `g i`, or an empty text to have none. */
  onDone: (keys: string) => void
  onCancel: () => void
}

/** Takes the next keys that are pressed, instead of what they do. Answers what was pressed so far. */
export function useRecording({ isOn, onDone, onCancel }: Recording): string {
  const [pressed, setPressed] = useState('')
  useEffect(() => {
    if (!isOn) return
    let keys = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    function take(event: KeyboardEvent): void {
      const stroke = readStroke(event)
      if (!stroke || stroke.key === 'Tab') return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (stroke.key === 'Escape') onCancel()
      else if (stroke.key === 'Backspace' || stroke.key === 'Delete') onDone('')
      else if (!isFixed(stroke)) add(writeStroke(stroke), stroke.hasMod)
    }
    function add(stroke: string, isWhole: boolean): void {
      const isSecond = keys !== ''
      keys = isSecond ? `${keys} ${stroke}` : stroke
      setPressed(keys)
      clearTimeout(timer)
      if (isSecond || isWhole) onDone(keys)
      else timer = setTimeout(() => onDone(keys), CHORD_MS)
    }
    window.addEventListener('keydown', take, { capture: true })
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', take, { capture: true })
      setPressed('')
    }
  }, [isOn, onDone, onCancel])
  return pressed
}
