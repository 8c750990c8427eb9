import type { QueryClient } from '@tanstack/react-query'
import { lastSeq } from '../fresh.ts'
import { saveSnapshot } from './snapshot.ts'

const SAVE_FIRST_MS = 10_000
const SAVE_EVERY_MS = 2 * 60_000

/** Saves now and then, and when the page goes out of sight: it may not come back. Answers how to stop. */
export function keepSnapshot(client: QueryClient): () => void {
  const save = () => {
    const seq = lastSeq()
    if (seq !== undefined) void saveSnapshot(client, seq).catch(() => undefined)
  }
  const saveHidden = () => {
    if (document.visibilityState === 'hidden') save()
  }
  const first = setTimeout(save, SAVE_FIRST_MS)
  const timer = setInterval(save, SAVE_EVERY_MS)
  document.addEventListener('visibilitychange', saveHidden)
  window.addEventListener('pagehide', save)
  return () => {
    clearTimeout(first)
    clearInterval(timer)
    document.removeEventListener('visibilitychange', saveHidden)
    window.removeEventListener('pagehide', save)
  }
}
