import { t } from '../i18n/t.ts'
import { Kbd } from './Kbd.tsx'
import { keyCaps } from './shortcuts/strokes.ts'

export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** The keys of a shortcut: caps, with what stands between the two of a chord. */
export function KeyCaps({ keys }: { keys: string }) {
  return keyCaps(keys, IS_MAC).map((cap, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the presses of a shortcut never change their order
    <span key={`${index}${cap}`} className="inline-flex items-center gap-1.5">
      {index > 0 && t('keys.then')}
      <Kbd>{cap}</Kbd>
    </span>
  ))
}
