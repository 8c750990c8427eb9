import { useMemo, useState } from 'react'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'

const KEY = 'parley.lead'

/** The lead panel: beside the thread on a wide screen unless closed (and that is remembered), over it elsewhere when asked for. */
export function useLeadPanel(isWide: boolean) {
  const [isKept, setKept] = useState(() => localStorage.getItem(KEY) !== 'closed')
  const [isOver, setOver] = useState(false)
  const isOpen = isWide ? isKept : isOver

  const { toggle, close } = useMemo(() => {
    function set(open: boolean) {
      if (!isWide) return setOver(open)
      setKept(open)
      localStorage.setItem(KEY, open ? 'open' : 'closed')
    }
    return { toggle: () => set(!isOpen), close: () => set(false) }
  }, [isWide, isOpen])
  useShortcuts([{ keys: ']', label: 'keys.lead', group: 'inbox', run: toggle }])
  return { isOpen, toggle, close }
}
