import { create } from 'zustand'

const KEY = 'parley.hidden-troubles'

/** What was put away in this tab, by `troubleKey`. A reload does not bring it back, a new trouble does. */
const useHiddenTroubles = create<{ keys: readonly string[] }>()(() => ({ keys: read() }))

export const useHidden = (): readonly string[] => useHiddenTroubles((state) => state.keys)

export function hide(keys: readonly string[]): void {
  const next = [...new Set([...useHiddenTroubles.getState().keys, ...keys])]
  useHiddenTroubles.setState({ keys: next })
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Storage may be full or forbidden: then it holds until the page is loaded again.
  }
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}
