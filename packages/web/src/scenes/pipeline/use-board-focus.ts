import type { LeadId } from '@parley/protocol/model'
import { type RefObject, useCallback, useState } from 'react'
import type { ShownColumn } from './shown-columns.ts'

export interface BoardFocus {
  /** The card the keyboard is on, or was on last. */
  activeId: LeadId | undefined
  /** Counts how often the keyboard was sent to a card: the card then takes it. */
  tick: number
  setActive: (id: LeadId) => void
  /** Sends the keyboard to a card. */
  go: (id: LeadId) => void
  /** Whether the keyboard is on a card, or nowhere. */
  isHere: () => boolean
  isOnCard: () => boolean
}

/** One card of the board is in the tab order; arrows go from there. */
export function useBoardFocus(scroller: RefObject<HTMLElement | null>, columns: readonly ShownColumn[]): BoardFocus {
  const [active, setActiveId] = useState<LeadId>()
  const [tick, setTick] = useState(0)
  const isThere = active !== undefined && columns.some(({ cards }) => cards.some(({ lead }) => lead.id === active))
  // The card went: the keyboard finds the first one again.
  const activeId = isThere ? active : columns.find(({ cards }) => cards.length > 0)?.cards[0]?.lead.id
  const setActive = useCallback((id: LeadId) => setActiveId(id), [])
  const go = useCallback((id: LeadId) => {
    setActiveId(id)
    setTick((before) => before + 1)
  }, [])
  const isOnCard = useCallback(
    () => document.activeElement instanceof HTMLElement && isCard(scroller.current, document.activeElement),
    [scroller],
  )
  const isHere = useCallback(() => {
    const { activeElement } = document
    return activeElement === document.body || activeElement === scroller.current || isOnCard()
  }, [scroller, isOnCard])
  return { activeId, tick, setActive, go, isHere, isOnCard }
}

const isCard = (board: HTMLElement | null, element: HTMLElement) =>
  board?.contains(element) === true && element.dataset.card !== undefined
