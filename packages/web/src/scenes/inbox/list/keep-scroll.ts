import { type RefObject, useLayoutEffect } from 'react'

const KEY = 'parley.inbox-scroll'
/** Lists that are remembered; the ones looked at last. */
const MOST = 20
const WRITE_AFTER_MS = 150

type Places = [listKey: string, top: number][]

function read(): Places {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Places
  } catch {
    return []
  }
}

function write(listKey: string, top: number): void {
  const others = read().filter(([key]) => key !== listKey)
  try {
    sessionStorage.setItem(KEY, JSON.stringify([[listKey, top], ...others].slice(0, MOST)))
  } catch {
    // Storage may be forbidden: then the place is lost with the page.
  }
}

/** A list is found again where it was left: after another scene, another list, a reload. */
export function useKeptScroll(scroller: RefObject<HTMLElement | null>, listKey: string): void {
  // Before anything is drawn, also when it is left: by then the element may show another list.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    let top = read().find(([key]) => key === listKey)?.[1] ?? 0
    let timer: ReturnType<typeof setTimeout> | undefined
    element.scrollTop = top
    const note = () => {
      top = element.scrollTop
      clearTimeout(timer)
      timer = setTimeout(() => write(listKey, top), WRITE_AFTER_MS)
    }
    element.addEventListener('scroll', note, { passive: true })
    return () => {
      element.removeEventListener('scroll', note)
      clearTimeout(timer)
      write(listKey, top)
    }
  }, [scroller, listKey])
}
