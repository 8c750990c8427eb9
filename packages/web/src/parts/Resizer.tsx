import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'

interface Limits {
  min: number
  max: number
  initial: number
}

const STEP = 16

/** A pane's width, kept in this browser. */
export function useWidth(name: string, { min, max, initial }: Limits) {
  const key = `parley.width.${name}`
  const clamp = (width: number) => Math.round(Math.min(max, Math.max(min, width)))
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(key)) || initial))
  function change(next: number) {
    setWidth(clamp(next))
    localStorage.setItem(key, String(clamp(next)))
  }
  return { width, min, max, change }
}

interface Props {
  label: string
  pane: ReturnType<typeof useWidth>
  /** Which edge of its pane it stands on. */
  edge: 'start' | 'end'
}

/** The line between two panes: drag it, or move it with the arrow keys. */
export function Resizer({ label, pane, edge }: Props) {
  const drag = useRef<{ x: number; width: number } | null>(null)
  const sign = edge === 'end' ? 1 : -1

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    drag.current = { x: event.clientX, width: pane.width }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  function onPointerMove(event: PointerEvent) {
    if (drag.current) pane.change(drag.current.width + sign * (event.clientX - drag.current.x))
  }
  function onKeyDown(event: KeyboardEvent) {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (direction === 0) return
    event.preventDefault()
    event.stopPropagation()
    pane.change(pane.width + sign * direction * STEP)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget; <hr> cannot be one
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={pane.width}
      aria-valuemin={pane.min}
      aria-valuemax={pane.max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null
      }}
      onKeyDown={onKeyDown}
      className="relative z-10 -mx-1 w-2 shrink-0 cursor-col-resize touch-none after:absolute after:inset-y-0 after:start-1/2 after:w-px after:bg-line hover:after:bg-line-strong"
    />
  )
}
