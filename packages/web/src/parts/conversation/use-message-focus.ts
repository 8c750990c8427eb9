import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useRef, useState } from 'react'
import { leadOf, type ThreadRow } from './thread-rows.ts'

/**
 * The keyboard among messages: Tab reaches the actions of one of them (where one was last, or what was looked for, else the newest in view),
 * arrows go from there to the others.
 */
export function useMessageFocus(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  rows: readonly ThreadRow[],
  firstId: string | null,
) {
  const [activeId, setActiveId] = useState(firstId)
  const focusRequest = useRef<string | null>(null)
  const held = useRef(rows)
  held.current = rows

  const moveFocus = useCallback(
    (messageId: string, by: -1 | 1) => {
      const all = held.current
      let index = all.findIndex((row) => idOf(row) === messageId) + by
      while (index >= 0 && index < all.length && idOf(all[index]) === undefined) index += by
      const next = idOf(all[index])
      if (next === undefined) return
      focusRequest.current = next
      setActiveId(next)
      virtualizer.scrollToIndex(index, { align: 'auto' })
    },
    [virtualizer],
  )

  const drawnIds = virtualizer
    .getVirtualItems()
    .map(({ index }) => idOf(rows[index]))
    .filter((id) => id !== undefined)
  const tabStopId = activeId !== null && drawnIds.includes(activeId) ? activeId : drawnIds.at(-1)
  return { tabStopId, focusRequest, moveFocus }
}

const idOf = (row: ThreadRow | undefined): string | undefined =>
  row?.kind === 'message' ? leadOf(row.messages).id : row?.kind === 'note' ? row.note.id : undefined
