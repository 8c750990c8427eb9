import type { Draft as ServerDraft } from '@parley/protocol/model'
import { isLoggedOut, loseSession } from '../session.ts'
import { type DraftPlace, readPlace } from './draft.ts'
import { followDrafts, listHeld, readHeld, watchOtherTabs, writeHeld } from './draft-store.ts'
import { DraftSync } from './draft-sync.ts'
import { listDrafts, saveDraft, saveDraftOnLeaving } from './endpoints.ts'

let sync: DraftSync | undefined
let stopRunning: (() => void) | undefined

/** Keeps a person's drafts on the server, and follows what his other screens do. Answers how to stop. */
export function keepDrafts(scope: string): () => void {
  stopRunning?.()
  const kept = new DraftSync({
    read: (place) => readHeld(scope, place),
    write: (place, held) => writeHeld(scope, place, held),
    list: () => listHeld(scope).filter((place) => readPlace(place) !== undefined),
    save,
    after(ms, act) {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
    random: Math.random,
  })
  sync = kept
  followDrafts((of, place, isUrgent) => {
    if (of === scope && readPlace(place)) kept.changed(place, { isUrgent })
  })
  const stopWatching = watchOtherTabs()
  const leave = () => kept.flush(true)
  const online = () => kept.retry()
  const hide = () => document.visibilityState === 'hidden' && leave()
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', hide)
  window.addEventListener('online', online)
  const stop = () => {
    leave()
    kept.stop()
    followDrafts(undefined)
    stopWatching()
    window.removeEventListener('pagehide', leave)
    document.removeEventListener('visibilitychange', hide)
    window.removeEventListener('online', online)
    if (sync === kept) sync = undefined
    stopRunning = undefined
  }
  stopRunning = stop
  return stop
}

/** Reads what the server holds: at the start, and after a gap in the stream. */
export async function readDrafts(scope: string): Promise<void> {
  const reading = sync
  const before = new Map(listHeld(scope).map((place) => [place, readHeld(scope, place).base.version]))
  const all: ServerDraft[] = []
  try {
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const page = await listDrafts(after)
      all.push(...page.items)
      after = page.next
    }
  } catch (error) {
    if (isLoggedOut(error)) loseSession()
    // What this browser has is shown; the next start or reset reads again.
    return
  }
  if (sync === reading) reading?.hearAll(all, before)
}

export const hearDraft = (draft: ServerDraft): void => sync?.hear(draft)
/** The server is heard again. */
export const retryDrafts = (): void => sync?.retry()
/** Somebody goes on to another chat: what was typed need not wait. */
export const flushDrafts = (): void => sync?.flush()

async function save(
  place: DraftPlace,
  draft: Parameters<typeof saveDraft>[2],
  isLeaving: boolean,
): Promise<ServerDraft> {
  const { chatId, kind } = readPlace(place)!
  // Browsers carry at most 64 kB for a page that is gone.
  const put = isLeaving && JSON.stringify(draft).length < 20_000 ? saveDraftOnLeaving : saveDraft
  try {
    return (await put(chatId, kind, draft)).draft
  } catch (error) {
    if (isLoggedOut(error)) loseSession()
    throw error
  }
}
