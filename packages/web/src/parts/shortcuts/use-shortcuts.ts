import { useEffect, useRef } from 'react'
import type { Shortcut } from './find-shortcuts.ts'
import { register } from './registry.ts'

interface Options {
  /** For what is drawn in a dialog or a sheet: elsewhere keys do not act while a layer has the keyboard. */
  isInLayers?: boolean
}

/**
 * Keys that act while the component is mounted, and stand in the list of keys as long. The newest component is asked first.
 * `useShortcuts([{ keys: 'e', label: 'inbox.close', group: 'inbox', run: close }])`
 */
export function useShortcuts(shortcuts: readonly Shortcut[], { isInLayers = false }: Options = {}): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => register({ read: () => latest.current, isInLayers }), [isInLayers])
}
