import type { QueryClient } from '@tanstack/react-query'
import { viewKeys } from './view-keys.ts'

/** Numbers are told to have changed up to three times a second; a person reads them once. */
const APART_MS = 1000

let timer: ReturnType<typeof setTimeout> | undefined
let readAt = 0

/** Reads the numbers again, soon; while nobody looks at the page, when somebody does. */
export function hearCounts(client: QueryClient): void {
  if (timer !== undefined) return
  const waitMs = Math.max(0, readAt + APART_MS - Date.now())
  timer = setTimeout(() => {
    timer = undefined
    readAt = Date.now()
    if (document.visibilityState === 'visible') void client.invalidateQueries({ queryKey: viewKeys.counts })
    else document.addEventListener('visibilitychange', () => hearCounts(client), { once: true })
  }, waitMs)
}

export function forgetCounts(): void {
  clearTimeout(timer)
  timer = undefined
}
