import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Rows drawn above and below what is seen. */
const OVERSCAN = 6
/** What is drawn changes in steps of so many rows: drawing is dearer than a few rows more. */
const STEP = 4

export interface RowWindow {
  start: number
  end: number
}

interface Options {
  scroller: RefObject<HTMLElement | null>
  rowHeight: number
  count: number
}

/** Which rows of equal height are in view. Costs the same for ten rows and for a million. */
export function useWindow({ scroller, rowHeight, count }: Options): RowWindow & { measure: () => void } {
  const [range, setRange] = useState<RowWindow>({ start: 0, end: 24 })
  const measure = useCallback(() => {
    const element = scroller.current
    if (!element) return
    const first = Math.floor(element.scrollTop / rowHeight)
    const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight)
    const start = Math.max(0, Math.floor((first - OVERSCAN) / STEP) * STEP)
    const end = Math.ceil((last + OVERSCAN) / STEP) * STEP
    setRange((held) => (held.start === start && held.end === end ? held : { start, end }))
  }, [scroller, rowHeight])

  useLayoutEffect(measure, [measure])
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, measure])

  return { start: Math.min(range.start, count), end: Math.min(range.end, count), measure }
}

interface Anchored {
  scroller: RefObject<HTMLElement | null>
  rowHeight: number
  /** The id of a row; undefined when it is not loaded. */
  idAt: (index: number) => string | undefined
  /** -1 when it is not there any more. */
  indexOf: (id: string) => number
  /** Which list: another one's rows hold nothing in place. */
  listKey: string
  /** Changes when rows may have come, gone or moved. */
  version: unknown
}

/** What a person reads stays where it is when rows above it come or go. At the very top, what is new is seen instead. */
export function useAnchor({ scroller, rowHeight, idAt, indexOf, listKey, version }: Anchored): void {
  /** The rows in view when something was drawn last; the first that is still there holds the others in place. */
  const seen = useRef<{ id: string; top: number }[]>([])
  const seenIn = useRef(listKey)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when rows came, went or moved
  useLayoutEffect(() => {
    const element = scroller.current
    const isSameList = seenIn.current === listKey
    seenIn.current = listKey
    if (!element || !isSameList || element.scrollTop < rowHeight / 2) return
    for (const { id, top } of seen.current) {
      const index = indexOf(id)
      if (index < 0) continue
      const moved = index * rowHeight - element.scrollTop - top
      if (moved !== 0) element.scrollTop += moved
      return
    }
  }, [version])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const first = Math.floor(element.scrollTop / rowHeight)
      const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight)
      const rows: { id: string; top: number }[] = []
      for (let index = first; index < last; index += 1) {
        const id = idAt(index)
        if (id !== undefined) rows.push({ id, top: index * rowHeight - element.scrollTop })
      }
      seen.current = rows
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  })
}
