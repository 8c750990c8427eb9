import type { IncomingCard, LeadId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { usePipelines } from '../../data/queries.ts'
import type { Shortcut } from '../shortcuts/find-shortcuts.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { acceptInto, declineWithUndo } from './act-on-lead.ts'
import { askAbout } from './ask.ts'
import { useKeptTarget } from './target-kept.ts'

interface Options {
  scroller: RefObject<HTMLElement | null>
  cards: readonly IncomingCard[]
  virtualizer: Virtualizer<HTMLDivElement, Element>
  onSelect: (card: IncomingCard) => void
  onOpen: (card: IncomingCard) => void
  /** undefined: nothing is selected. */
  onClear: (() => void) | undefined
}

/** Walking through the list, and one key each for what becomes of a lead. The keyboard then is on the next one. */
export function useIncomingKeys({ scroller, cards, virtualizer, onSelect, onOpen, onClear }: Options) {
  const client = useQueryClient()
  const pipelines = usePipelines(true)
  const [target] = useKeptTarget(pipelines.data?.items ?? [])
  const { activeId, activeIndex, tick, setActive, go } = useActive(cards, virtualizer)

  function isHere(): boolean {
    const { activeElement } = document
    return activeElement === document.body || scroller.current?.contains(activeElement) === true
  }
  const step = (by: number) => () => {
    if (!isHere()) return false
    const isOnRow = scroller.current?.contains(document.activeElement) === true
    go(isOnRow ? Math.max(0, Math.min(cards.length - 1, activeIndex + by)) : activeIndex)
    return true
  }
  const onRow =
    (act: (card: IncomingCard) => unknown, isDecided = true) =>
    () => {
      const card = cards[activeIndex]
      if (!isHere() || !card) return false
      const next = cards[activeIndex + 1] ?? cards[activeIndex - 1]
      act(card)
      if (isDecided && next) setActive(next.lead.id)
      if (isDecided) go(undefined)
      return true
    }
  const group = 'incoming'
  const shortcuts: Shortcut[] = [
    { keys: ['ArrowDown', 'j'], label: 'incoming.keys.next', group, run: step(1) },
    { keys: ['ArrowUp', 'k'], label: 'incoming.keys.previous', group, run: step(-1) },
    {
      keys: 'a',
      label: 'lead.accept',
      group,
      run: onRow(({ lead }) => target && void acceptInto(client, lead, target)),
    },
    { keys: 'd', label: 'lead.decline', group, run: onRow(({ lead }) => void declineWithUndo(client, lead)) },
    { keys: 'o', label: 'lead.open', group, run: onRow(onOpen, false) },
    { keys: 'l', label: 'lead.link', group, run: onRow(({ lead }) => askAbout({ kind: 'link', lead }), false) },
    { keys: 'x', label: 'pipeline.keys.select', group, run: onRow(onSelect, false) },
    ...(onClear ? [{ keys: 'Escape', label: 'incoming.keys.clear', group, run: onClear } satisfies Shortcut] : []),
  ]
  useShortcuts(shortcuts)
  return { activeId, setActive, tick }
}

/** The row the keyboard is on; when it goes, the one that takes its place. */
function useActive(cards: readonly IncomingCard[], virtualizer: Virtualizer<HTMLDivElement, Element>) {
  const [active, setActive] = useState<LeadId>()
  const [tick, setTick] = useState(0)
  const last = useRef(0)
  const found = cards.findIndex(({ lead }) => lead.id === active)
  const activeIndex = found === -1 ? Math.min(last.current, Math.max(0, cards.length - 1)) : found
  useEffect(() => {
    last.current = activeIndex
  })
  const go = useCallback(
    (index: number | undefined) => {
      const card = index === undefined ? undefined : cards[index]
      if (card) setActive(card.lead.id)
      if (index !== undefined) virtualizer.scrollToIndex(index, { align: 'auto' })
      setTick((before) => before + 1)
    },
    [cards, virtualizer],
  )
  return { activeId: cards[activeIndex]?.lead.id, activeIndex, tick, setActive, go }
}
