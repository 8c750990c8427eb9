import type { ChatId } from '@parley/protocol/model'
import { useCallback, useMemo, useState } from 'react'
import { recallPlace, type Whereabouts } from './scroll-memory.ts'

/** Where a part of a conversation is opened. */
export type Landing =
  | { kind: 'end' }
  | { kind: 'back'; at: Whereabouts }
  /** `isHit`: it was looked for, and stays marked. */
  | { kind: 'item'; id: string; isHit: boolean }
  | { kind: 'time'; at: number }

export interface ThreadView {
  /** Around what it is loaded: a time or an id; null: the end. */
  place: string | null
  landing: Landing
  /** Rises with every jump: the same place again is opened again. */
  visit: number
}

const END: Omit<ThreadView, 'visit'> = { place: null, landing: { kind: 'end' } }

/**
 * Which part of a conversation is shown: its end, where somebody was last, or around a message or a day.
 * @param hitId   what the address asks for
 * @param isNews  something came since: whoever comes back wants to see that
 */
export function useThreadPlace(chatId: ChatId, hitId: string | undefined, isNews: boolean) {
  const [view, setView] = useState<ThreadView>(() => ({ ...begin(chatId, hitId, isNews), visit: 0 }))
  const [shownHit, setShownHit] = useState(hitId)
  const go = useCallback(
    (next: Omit<ThreadView, 'visit'>) => setView(({ visit }) => ({ ...next, visit: visit + 1 })),
    [],
  )
  // The address names another message, or none any more.
  if (shownHit !== hitId) {
    setShownHit(hitId)
    if (hitId !== undefined) setView({ place: hitId, landing: itemOf(hitId, true), visit: view.visit + 1 })
  }
  const goTo = useMemo(
    () => ({
      end: () => go(END),
      item: (id: string) => go({ place: id, landing: itemOf(id, false) }),
      /** Where somebody was; null: at the end. */
      back: (at: Whereabouts | null) => go(at ? { place: at.place, landing: { kind: 'back', at } } : END),
      time: (at: number) => go({ place: String(at), landing: { kind: 'time', at } }),
    }),
    [go],
  )
  return { view, goTo }
}

const itemOf = (id: string, isHit: boolean): Landing => ({ kind: 'item', id, isHit })

function begin(chatId: ChatId, hitId: string | undefined, isNews: boolean): Omit<ThreadView, 'visit'> {
  if (hitId !== undefined) return { place: hitId, landing: itemOf(hitId, true) }
  const before = isNews ? undefined : recallPlace(chatId)
  return before ? { place: before.place, landing: { kind: 'back', at: before } } : END
}
