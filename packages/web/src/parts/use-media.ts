import { useCallback, useSyncExternalStore } from 'react'

/** Widths at which the frame changes; inside a pane container queries decide. */
export const PHONE = '(max-width: 767.98px)'
export const WIDE = '(min-width: 1280px)'

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
