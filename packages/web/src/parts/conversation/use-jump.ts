import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState } from 'react'
import { findRow, type ThreadRow } from './thread-rows.ts'

const FLASH_MS = 1_600

interface Log {
  virtualizer: Virtualizer<HTMLDivElement, Element>
  rows: readonly ThreadRow[]
  /** Opens the part of the conversation around what is not loaded. */
  onSeek: (id: string) => void
  /** What somebody looks for is there. */
  foundId: string | null
  /** What this part was opened at. */
  openedAt: string | null
}

/** Goes to a message or a note and marks it for a moment; opens another part of the conversation when it is not in this one. */
export function useJump({ virtualizer, rows, onSeek, foundId, openedAt }: Log) {
  const [flashedId, setFlashedId] = useState<string | null>(null)
  const held = useRef(rows)
  held.current = rows

  const flash = useCallback((id: string) => setFlashedId(id), [])
  const jumpTo = useCallback(
    (id: string) => {
      const index = findRow(held.current, id)
      if (index === -1) return onSeek(id)
      virtualizer.scrollToIndex(index, { align: 'center' })
      setFlashedId(id)
    },
    [virtualizer, onSeek],
  )

  // What was looked for is gone to once; a part of the conversation that was opened at it is there already.
  const shownId = useRef(openedAt)
  useEffect(() => {
    if (foundId === null || foundId === shownId.current) return
    shownId.current = foundId
    jumpTo(foundId)
  }, [foundId, jumpTo])

  useEffect(() => {
    if (flashedId === null) return
    const timer = setTimeout(() => setFlashedId(null), FLASH_MS)
    return () => clearTimeout(timer)
  }, [flashedId])
  return { jumpTo, flash, flashedId }
}
