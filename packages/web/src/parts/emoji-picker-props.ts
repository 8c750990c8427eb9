import type { RefObject } from 'react'
import type { Layer } from './use-layer.ts'

export interface EmojiPickerProps {
  layer: Layer
  /** The layer stays open: whoever owns it closes it. */
  onPick: (emoji: string) => void
  side?: 'top' | 'bottom'
  align?: 'start' | 'center' | 'end'
  /** Where the keyboard goes when it closes; absent: to the button. */
  finalFocus?: RefObject<HTMLElement | null>
}
