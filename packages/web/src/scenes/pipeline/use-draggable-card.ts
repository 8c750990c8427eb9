import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import type { Lead } from '@parley/protocol/model'
import { type RefObject, useEffect, useRef } from 'react'
import { cardDataOf, dragDataOf, leadOf } from './drag-data.ts'

/** Lets a card be dragged, and others be dropped above or under it. */
export function useDraggableCard(element: RefObject<HTMLElement | null>, lead: Lead): void {
  const latest = useRef(lead)
  useEffect(() => {
    latest.current = lead
  })
  const { id, stage, isIncoming } = lead
  useEffect(() => {
    const target = element.current
    if (!target) return
    return combine(
      draggable({ element: target, getInitialData: () => dragDataOf(latest.current) }),
      dropTargetForElements({
        element: target,
        // Nobody becomes incoming again.
        canDrop: ({ source }) =>
          leadOf(source.data) !== undefined && (!isIncoming || leadOf(source.data)?.isIncoming === true),
        getData: ({ input, element: over }) =>
          attachClosestEdge(cardDataOf(stage.id, id), { input, element: over, allowedEdges: ['top', 'bottom'] }),
      }),
    )
  }, [element, id, stage.id, isIncoming])
}
