import type { ChatId } from '@parley/protocol/model'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ThreadQuery } from '../../data/conversation/use-thread.ts'
import { keepPlace, type Whereabouts } from './scroll-memory.ts'
import type { ShownMessage } from './shown-messages.ts'
import { countAfter, findRow, findRowAt, type ThreadRow, timeOfRow } from './thread-rows.ts'
import type { Landing } from './use-thread-place.ts'

type Scroller = RefObject<HTMLDivElement | null>
export type LogVirtualizer = Virtualizer<HTMLDivElement, Element>

/** Closer than this counts as at the end. */
export const END_PX = 80
/** Further than this, the way back is a button. */
const FAR_PX = 400
/** Earlier and later messages are asked for when so few rows are left. */
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

interface Landed {
  landing: Landing
  rows: readonly ThreadRow[]
  /** What was looked for is there. */
  onItem: (id: string) => void
}

/** So many frames without a move, and the virtualizer has stopped looking for a row by its index. */
const STILL_FRAMES = 4

/**
 * Opens a part of a conversation where it was asked for, once its rows are there. Answers whether it stands still there: until
 * then no rows may come in above, for the place is found by counting them.
 */
export function useLanding(
  scroller: Scroller,
  virtualizer: LogVirtualizer,
  { landing, rows, onItem }: Landed,
): boolean {
  const isReady = rows.length > 0
  const hasLanded = useRef(false)
  const [isStill, setStill] = useState(false)
  useEffect(() => {
    const element = scroller.current
    if (!isReady || isStill || !element) return
    let [frames, place, request] = [0, '', 0]
    const look = () => {
      const now = `${element.scrollTop} ${element.scrollHeight}`
      frames = now === place ? frames + 1 : 0
      place = now
      if (frames >= STILL_FRAMES) setStill(true)
      else request = requestAnimationFrame(look)
    }
    look()
    return () => cancelAnimationFrame(request)
  }, [scroller, isReady, isStill])
  useLayoutEffect(() => {
    if (!isReady || hasLanded.current) return
    hasLanded.current = true
    if (!land(virtualizer, landing, rows)) virtualizer.scrollToEnd()
    if (landing.kind === 'item') onItem(landing.id)
  }, [virtualizer, isReady, landing, rows, onItem])
  return isStill
}

/** Where one went to a day one reads on: the log of that day takes the keyboard, unless it is wanted elsewhere meanwhile. */
export function useReadingOn(scroller: Scroller, landing: Landing): void {
  const isDay = landing.kind === 'time'
  useLayoutEffect(() => {
    if (isDay && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true })
  }, [scroller, isDay])
}

/** False when that place is not among the rows. */
function land(virtualizer: LogVirtualizer, landing: Landing, rows: readonly ThreadRow[]): boolean {
  if (landing.kind === 'end') return false
  if (landing.kind === 'item') {
    const index = findRow(rows, landing.id)
    if (index !== -1) virtualizer.scrollToIndex(index, { align: 'center' })
    return index !== -1
  }
  if (landing.kind === 'time') {
    virtualizer.scrollToIndex(findRowAt(rows, landing.at), { align: 'start' })
    return true
  }
  const index = rows.findIndex((row) => row.key === landing.at.key)
  const start = virtualizer.getOffsetForIndex(index, 'start')?.[0]
  if (index === -1 || start === undefined) return false
  virtualizer.scrollToOffset(start + landing.at.offsetPx)
  return true
}

/** Stays at the end while the pane or what was said grows, and goes there for what one has written oneself. */
export function useStickToEnd(
  scroller: Scroller,
  virtualizer: LogVirtualizer,
  { ownId, hasEnd, onEnd }: { ownId: string | null; hasEnd: boolean; onEnd: () => void },
): void {
  useEffect(() => {
    const element = scroller.current
    if (!element || !hasEnd) return
    let height = element.clientHeight
    const observer = new ResizeObserver(() => {
      const grown = height - element.clientHeight
      height = element.clientHeight
      if (grown !== 0 && distanceFromEnd(element) - Math.max(0, grown) <= END_PX) virtualizer.scrollToEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, virtualizer, hasEnd])

  const knownId = useRef(ownId)
  useLayoutEffect(() => {
    if (knownId.current === ownId) return
    knownId.current = ownId
    if (ownId === null) return
    if (hasEnd) virtualizer.scrollToEnd()
    else onEnd()
  }, [virtualizer, ownId, hasEnd, onEnd])
}

/** Loads the pages before and after when the reader comes near either end of what is loaded. */
export function useNearPages(
  virtualizer: LogVirtualizer,
  query: ThreadQuery,
  { isReady, count }: { isReady: boolean; count: number },
): void {
  const items = virtualizer.getVirtualItems()
  const top = items[0]?.index ?? Number.POSITIVE_INFINITY
  const bottom = items.at(-1)?.index ?? Number.NEGATIVE_INFINITY
  const { isFetching, isFetchNextPageError, isFetchPreviousPageError, fetchNextPage, fetchPreviousPage } = query
  const wantsEarlier = isReady && top < ROWS_AHEAD && query.hasNextPage && !isFetchNextPageError
  const wantsLater = isReady && bottom >= count - ROWS_AHEAD && query.hasPreviousPage && !isFetchPreviousPageError
  useEffect(() => {
    // One after the other: the second would break off the first.
    if (isFetching) return
    if (wantsEarlier) void fetchNextPage()
    else if (wantsLater) void fetchPreviousPage()
  }, [isFetching, wantsEarlier, wantsLater, fetchNextPage, fetchPreviousPage])
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
  return { at: timeOfRow(top && rows[top.index]), isMoving, onScroll }
}

/** Remembers where the reader is, for when he comes back to this conversation. Answers what to call while he scrolls, and what says where he is. */
export function useKeptPlace(
  chatId: ChatId,
  virtualizer: LogVirtualizer,
  { place, scroller, hasEnd }: { place: string | null; scroller: Scroller; hasEnd: boolean },
): { keep: () => void; read: () => Whereabouts | null } {
  const where = useRef<Omit<Whereabouts, 'measured'> | null | undefined>(undefined)
  useEffect(
    () => () => {
      // Never moved: what was remembered before still holds.
      if (where.current === undefined) return
      keepPlace(chatId, withHeights(virtualizer, where.current) ?? undefined)
    },
    [chatId, virtualizer],
  )
  const find = useCallback(() => {
    const element = scroller.current
    if (!element) return undefined
    const isAtEnd = hasEnd && distanceFromEnd(element) <= END_PX
    const top = virtualizer.getVirtualItems().find((item) => item.end > element.scrollTop)
    return isAtEnd || !top ? null : { place, key: String(top.key), offsetPx: element.scrollTop - top.start }
  }, [virtualizer, place, scroller, hasEnd])
  return useMemo(
    () => ({
      keep() {
        where.current = find() ?? null
      },
      read: () => withHeights(virtualizer, find() ?? null),
    }),
    [virtualizer, find],
  )
}

function withHeights(virtualizer: LogVirtualizer, where: Omit<Whereabouts, 'measured'> | null): Whereabouts | null {
  return where && { ...where, measured: virtualizer.measurementsCache.map((item) => ({ ...item })) }
}
