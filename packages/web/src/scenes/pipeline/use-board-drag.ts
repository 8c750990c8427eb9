import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { DragLocationHistory } from '@atlaskit/pragmatic-drag-and-drop/types'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import type { Lead } from '@parley/protocol/model'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type Dragged, isSameOver, leadOf, type Over, overOf } from './drag-data.ts'

/** Follows the pointer while a card is dragged: which one, and where it would land. */
export function useBoardDrag(
  scroller: RefObject<HTMLElement | null>,
  isReady: boolean,
  onDrop: (lead: Lead, over: Over) => void,
): Dragged | null {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const drop = useRef(onDrop)
  useEffect(() => {
    drop.current = onDrop
  })
  useEffect(() => {
    const element = scroller.current
    if (!element || !isReady) return
    const follow = ({ location }: { location: DragLocationHistory }) => {
      const over = overOf(location.current.dropTargets, extractClosestEdge)
      setDragged((before) => (before && !isSameOver(before.over, over) ? { ...before, over } : before))
    }
    return combine(
      autoScrollForElements({ element, canScroll: ({ source }) => leadOf(source.data) !== undefined }),
      monitorForElements({
        canMonitor: ({ source }) => leadOf(source.data) !== undefined,
        onDragStart: ({ source }) => {
          const lead = leadOf(source.data)
          if (lead) setDragged({ lead, over: null })
        },
        onDrag: follow,
        onDropTargetChange: follow,
        onDrop: ({ source, location }) => {
          setDragged(null)
          const lead = leadOf(source.data)
          const over = overOf(location.current.dropTargets, extractClosestEdge)
          if (lead && over) drop.current(lead, over)
        },
      }),
    )
  }, [scroller, isReady])
  return dragged
}
