import { type RefObject, useEffect, useState } from 'react'
import { loadPeaks } from './load-peaks.ts'

interface Recording {
  url: string
  sizeBytes: number | null
  /** As they were sent along; null: they are made from the file once it is in view. */
  peaks: readonly number[] | null
}

/** The peaks of a recording; empty while nobody knows them. */
export function usePeaks(element: RefObject<Element | null>, { url, sizeBytes, peaks }: Recording): readonly number[] {
  const [measured, setMeasured] = useState<readonly number[]>(NONE)
  const isKnown = peaks !== null && peaks.length > 0
  useEffect(() => {
    if (isKnown || !element.current) return
    let isGone = false
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return
      observer.disconnect()
      void loadPeaks(url, sizeBytes).then((found) => {
        if (!isGone && found) setMeasured(found)
      })
    })
    observer.observe(element.current)
    return () => {
      isGone = true
      observer.disconnect()
    }
  }, [element, isKnown, url, sizeBytes])
  return isKnown ? peaks : measured
}

const NONE: readonly number[] = []
