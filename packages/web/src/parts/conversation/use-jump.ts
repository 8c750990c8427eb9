import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useState } from 'react'
import type { useMessages } from '../../data/queries.ts'
import { findRow, type ThreadRow } from './thread-rows.ts'

/** How far back an original is looked for: a thousand messages. */
const MOST_PAGES = 20
const FLASH_MS = 1_600
const NOTICE_MS = 5_000

interface Log {
  virtualizer: Virtualizer<HTMLDivElement, Element>
  rows: readonly ThreadRow[]
  query: ReturnType<typeof useMessages>['query']
  /** Gone to at once. */
  soughtId: string | null
}

/** Goes to a message and marks it for a moment; loads what lies between when it is further back. */
export function useJump({ virtualizer, rows, query, soughtId }: Log) {
  const [target, setTarget] = useState(soughtId === null ? null : { id: soughtId, pagesLeft: MOST_PAGES })
  const [flashedId, setFlashedId] = useState<string | null>(null)
  const [isTooFar, setTooFar] = useState(false)
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query

  useEffect(() => {
    if (target === null) return
    const index = findRow(rows, target.id)
    if (index !== -1) {
      setTarget(null)
      setFlashedId(target.id)
      virtualizer.scrollToIndex(index, { align: 'center' })
    } else if (!isFetchingNextPage) {
      if (hasNextPage && !isFetchNextPageError && target.pagesLeft > 0) {
        setTarget({ id: target.id, pagesLeft: target.pagesLeft - 1 })
        void fetchNextPage()
      } else {
        setTarget(null)
        setTooFar(true)
      }
    }
  }, [target, rows, virtualizer, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  useTimeout(flashedId !== null, FLASH_MS, () => setFlashedId(null))
  useTimeout(isTooFar, NOTICE_MS, () => setTooFar(false))

  const jumpTo = useCallback((id: string) => {
    setTooFar(false)
    setFlashedId(null)
    setTarget({ id, pagesLeft: MOST_PAGES })
  }, [])
  return { jumpTo, flashedId, isSearching: target !== null, isTooFar }
}

function useTimeout(isRunning: boolean, ms: number, end: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happens at the end does not start it anew
  useEffect(() => {
    if (!isRunning) return
    const timer = setTimeout(end, ms)
    return () => clearTimeout(timer)
  }, [isRunning, ms])
}
