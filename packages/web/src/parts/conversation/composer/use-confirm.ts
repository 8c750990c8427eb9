import { useState } from 'react'

/**
 * Holds a send back once: what there is to be said against it is shown, and the next press means it.
 * @param reasons  what there is now; something new asks anew
 */
export function useConfirm(reasons: readonly string[]) {
  const [confirmed, setConfirmed] = useState('')
  const asked = reasons.join(' ')
  const isHeld = asked !== '' && confirmed === asked
  return {
    /** The last press was held back. */
    isHeld,
    /** True: go on. */
    confirm(): boolean {
      if (asked === '' || isHeld) {
        setConfirmed('')
        return true
      }
      setConfirmed(asked)
      return false
    },
  }
}
