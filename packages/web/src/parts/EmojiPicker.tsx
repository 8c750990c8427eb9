import { lazy, Suspense } from 'react'
import type { EmojiPickerProps } from './emoji-picker-props.ts'

const load = () => import('./EmojiPopup.tsx')
const EmojiPopup = lazy(() => load().then((module) => ({ default: module.EmojiPopup })))

/** For `useLayer`: brings the picker near before it is asked for. */
export const preloadEmojiPicker = load

/** All emoji, at a button. Draw it only while the layer `isNeeded`: its code is loaded with it. */
export function EmojiPicker(props: EmojiPickerProps) {
  return (
    <Suspense>
      <EmojiPopup {...props} />
    </Suspense>
  )
}
