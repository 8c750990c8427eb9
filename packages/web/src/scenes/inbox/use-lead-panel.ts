import { useMemo, useState } from 'react'
import { useKeys } from '../../parts/use-keys.ts'

const KEY = 'parley.lead'

/** The lead panel: beside the thread on a wide screen unless closed (and that is remembered), over it elsewhere when asked for. */
export function useLeadPanel(isWide: boolean) {
  const [isKept, setKept] = useState(() => localStorage.getItem(KEY) !== 'closed')
  const [isOver, setOver] = useState(false)
  const isOpen = isWide ? isKept : isOver

  const { toggle, close, keyMap } = useMemo(() => {
    function set(open: boolean) {
      if (!isWide) return setOver(open)
      setKept(open)
      localStorage.setItem(KEY, open ? 'open' : 'closed')
    }
    return { toggle: () => set(!isOpen), close: () => set(false), keyMap: { ']': () => set(!isOpen) } }
  }, [isWide, isOpen])
  useKeys(keyMap)
  return { isOpen, toggle, close }
}
