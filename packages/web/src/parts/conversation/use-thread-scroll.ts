import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { useMessages } from '../../data/queries.ts'
import type { ShownMessage } from './shown-messages.ts'
import { countAfter, type ThreadRow } from './thread-rows.ts'

type Scroller = RefObject<HTMLDivElement | null>
type LogVirtualizer = Virtualizer<HTMLDivElement, Element>

/** Closer than this counts as at the end. */
export const END_PX = 80
/** Further than this, the way back is a button. */
const FAR_PX = 400
/** Earlier messages are asked for when so few rows are left above. */
const ROWS_AHEAD = 12
const DAY_LABEL_MS = 900

const distanceFromEnd = (element: HTMLElement) => element.scrollHeight - element.scrollTop - element.clientHeight

/** Where the reader is: at the end, far from it, and how much came in since the end was last seen. */
export function useThreadEnd(scroller: Scroller, messages: readonly ShownMessage[]) {
  const [isInView, setInView] = useState(true)
  const [isFar, setFar] = useState(false)
  const [seenId, setSeenId] = useState<string | null>(null)
  const lastId = messages.at(-1)?.id ?? null

  const onScroll = useCallback(() => {
    if (!scroller.current) return
    const distance = distanceFromEnd(scroller.current)
    setInView(distance <= END_PX)
    setFar(distance > FAR_PX)
  }, [scroller])

  // While the end is in view everything up to it is seen; the state stands still once it is not.
  if (isInView && seenId !== lastId) setSeenId(lastId)
  return { isInView, isFar, newCount: isInView ? 0 : countAfter(messages, seenId), onScroll }
}

/** Opens at the end, stays there while the pane or what was said grows, and goes there for one's own reply. */
export function useStickToEnd(
  scroller: Scroller,
  virtualizer: LogVirtualizer,
  isReady: boolean,
  messages: readonly ShownMessage[],
): void {
  useLayoutEffect(() => {
    if (isReady) virtualizer.scrollToEnd()
  }, [virtualizer, isReady])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let height = element.clientHeight
    const observer = new ResizeObserver(() => {
      const grown = height - element.clientHeight
      height = element.clientHeight
      if (grown !== 0 && distanceFromEnd(element) - Math.max(0, grown) <= END_PX) virtualizer.scrollToEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, virtualizer])

  const last = messages.at(-1)
  const ownId = last?.waiting ? last.id : null
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    if (!isFirst.current && ownId !== null) virtualizer.scrollToEnd()
    isFirst.current = false
  }, [virtualizer, ownId])
}

/** Loads the page before when the reader comes near the top. */
export function useEarlierPages(
  virtualizer: LogVirtualizer,
  query: ReturnType<typeof useMessages>['query'],
  isReady: boolean,
): void {
  const top = virtualizer.getVirtualItems()[0]?.index ?? Number.POSITIVE_INFINITY
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  useEffect(() => {
    const isNear = isReady && top < ROWS_AHEAD
    if (isNear && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [isReady, top, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
}

/** The day of the topmost row, for a label that shows while the log moves. */
export function useFloatingDay(virtualizer: LogVirtualizer, rows: readonly ThreadRow[]) {
  const [isMoving, setMoving] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const onScroll = useCallback(() => {
    setMoving(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setMoving(false), DAY_LABEL_MS)
  }, [])

  const offset = virtualizer.scrollOffset ?? 0
  const top = virtualizer.getVirtualItems().find((item) => item.end > offset + 8)
  const row = top && rows[top.index]
  const at = row?.kind === 'message' ? row.messages[0].sentAt : row?.kind === 'day' ? row.at : undefined
  return { at, isMoving, onScroll }
}
