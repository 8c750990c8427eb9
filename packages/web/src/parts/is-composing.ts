import type { KeyboardEvent } from 'react'

/** Safari ends the composing of a character before it tells of the key that ended it. */
const COMPOSING = 229

/** The key belongs to the composing of a character, as Enter does in many scripts: it is not meant for us. */
export const isComposing = (event: KeyboardEvent): boolean =>
  event.nativeEvent.isComposing || event.keyCode === COMPOSING
