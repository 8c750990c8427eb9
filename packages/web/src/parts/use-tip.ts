import { type FocusEvent, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'

const OPEN_AFTER_MS = 350
/** The pointer goes along a row of buttons: the next tip comes at once. */
const GOES_ALONG_MS = 300

let lastClosedAt = Number.NEGATIVE_INFINITY

/**
 * When a tip is shown for an element. Its own handlers, from `props`, run first.
 *
 * @param preload runs when the pointer comes near
 */
export function useTip(props: Record<string, unknown>, preload: () => Promise<unknown>) {
  // Kept once it was shown: closing is drawn too.
  const [anchor, setAnchor] = useState<Element | null>(null)
  const [isOpen, setOpen] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function openAt(element: Element, afterMs: number) {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setAnchor(element)
      setOpen(true)
    }, afterMs)
  }
  function close() {
    clearTimeout(timer.current)
    if (isOpen) lastClosedAt = performance.now()
    setOpen(false)
  }

  const also =
    <Event>(name: string, act: (event: Event) => void) =>
    (event: Event) => {
      const own = props[name]
      if (typeof own === 'function') own(event)
      act(event)
    }
  const handlers = {
    onPointerEnter: also('onPointerEnter', ({ pointerType, currentTarget }: PointerEvent) => {
      if (pointerType === 'touch') return
      void preload().catch(() => undefined)
      openAt(currentTarget, performance.now() - lastClosedAt < GOES_ALONG_MS ? 0 : OPEN_AFTER_MS)
    }),
    onPointerLeave: also('onPointerLeave', close),
    onPointerDown: also('onPointerDown', close),
    onFocus: also('onFocus', ({ currentTarget }: FocusEvent) => {
      if (currentTarget.matches(':focus-visible')) openAt(currentTarget, 0)
    }),
    onBlur: also('onBlur', close),
    // Escape closes the tip; what is below may still take it.
    onKeyDown: also('onKeyDown', ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close()
    }),
  }
  return { anchor, isOpen, handlers }
}
