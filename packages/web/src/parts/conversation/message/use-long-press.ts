import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

const LONG_MS = 450

/** A finger held still on something opens it; a touch anywhere else closes it. */
export function useLongPress(element: RefObject<HTMLElement | null>) {
  const [isHeld, setHeld] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const cancel = () => clearTimeout(timer.current)

  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!isHeld) return
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Element && (element.current?.contains(target) || target.closest('[role=dialog]'))) return
      setHeld(false)
    }
    document.addEventListener('pointerdown', onPointerDown)
    return () => document.removeEventListener('pointerdown', onPointerDown)
  }, [element, isHeld])

  const handlers = {
    onTouchStart() {
      cancel()
      timer.current = setTimeout(() => setHeld(true), LONG_MS)
    },
    onTouchMove: cancel,
    onTouchEnd: cancel,
    onTouchCancel: cancel,
  }
  const release = useCallback(() => setHeld(false), [])
  return { isHeld, handlers, release }
}
