import { type RefObject, useRef, useState } from 'react'

/** A layer at a button, for the part that draws it. */
export interface Layer {
  /** The button: the layer stands at it, and gives the keyboard back to it. */
  anchor: RefObject<HTMLButtonElement | null>
  isOpen: boolean
  change: (open: boolean, details: { event: Event }) => void
}

/**
 * Joins a button with a layer whose code is loaded when it is first needed: what most visits never open should not
 * weigh on the start of all of them. `preload` runs when the pointer comes near.
 */
export function useLayer(isOpen: boolean, setOpen: (open: boolean) => void, preload: () => Promise<unknown>) {
  const anchor = useRef<HTMLButtonElement>(null)
  // Kept once it was open: closing is drawn too.
  const [isNeeded, setNeeded] = useState(isOpen)
  if (isOpen && !isNeeded) setNeeded(true)

  const layer: Layer = {
    anchor,
    isOpen,
    change(open, { event }) {
      // To the layer a press on its button is a press somewhere else; the button decides itself.
      const isOnButton = event.target instanceof Node && anchor.current?.contains(event.target)
      if (open || !isOnButton || event instanceof KeyboardEvent) setOpen(open)
    },
  }
  const button = {
    ref: anchor,
    'aria-expanded': isOpen,
    onPointerEnter: () => void preload(),
    onClick: () => setOpen(!isOpen),
  }
  return { layer, button, isNeeded }
}
