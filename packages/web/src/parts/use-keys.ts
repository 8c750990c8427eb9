import { useEffect } from 'react'

export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Single keys act only outside fields and open layers, and never with Ctrl, Alt or ⌘. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.matches('input, textarea, select') ||
    target.closest('[role=menu], [role=dialog]') !== null
  )
}

/** Listens for keys by their name (`j`, `ArrowDown`, `]`). Letters are the same with Caps Lock. */
export function useKeys(keyMap: KeyMap): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      keyMap[event.key.length === 1 ? event.key.toLowerCase() : event.key]?.(event)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [keyMap])
}
