import { type RefObject, useEffect, useRef } from 'react'

/**
 * When what had the keyboard goes away (a button that is done with), the pane takes it: it must not fall to the page.
 * `changes` says when something may have gone.
 */
export function useKeptFocus(pane: RefObject<HTMLElement | null>, changes: unknown): void {
  const wasInside = useRef(false)
  useEffect(() => {
    const onFocusIn = (event: FocusEvent) => {
      wasInside.current = event.target instanceof Node && pane.current?.contains(event.target) === true
    }
    document.addEventListener('focusin', onFocusIn)
    return () => document.removeEventListener('focusin', onFocusIn)
  }, [pane])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` is the reason to look, not something looked at
  useEffect(() => {
    if (wasInside.current && document.activeElement === document.body) pane.current?.focus()
  }, [pane, changes])
}
