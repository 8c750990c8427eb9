import type { TextKey } from '../../i18n/t.ts'
import { isSameStroke, isSingleKey, parseKeys, type Stroke } from './strokes.ts'

type GroupOf<Key> = Key extends `keys.group.${infer Group}` ? Group : never

/** Under which heading a shortcut is listed; a scene adds its own as `keys.group.<name>` in its texts. */
export type ShortcutGroup = GroupOf<TextKey>

export interface Shortcut {
  /** `j`, `Shift+x`, `g i` (one after the other), `Mod+k` (⌘ or Ctrl), `Escape`; several when any of them does it. */
  keys: string | readonly string[]
  label: TextKey
  group: ShortcutGroup
  /**
   * Absent when a field takes the key itself and the list should only tell of it. Without an event it was called by the
   * palette. Answering `false` leaves the key to whoever else wants it.
   */
  run?: (event?: KeyboardEvent) => unknown
  /** Acts while somebody writes, too. Keys with ⌘ or Ctrl always do. */
  isInFields?: boolean
}

/** What one mounted component offers. */
export interface Registration {
  read: () => readonly Shortcut[]
  /** Acts while a dialog, sheet or menu has the keyboard: for what is drawn in one. */
  isInLayers: boolean
}

/** Where the keyboard is. */
export type Place = 'page' | 'field' | 'layer'

interface Press {
  stroke: Stroke
  /** The first press of a chord, when one was begun just now. */
  begun: Stroke | undefined
  place: Place
  hasSingleKeys: boolean
}

export interface Found {
  /** In the order they are to be tried: the newest first. */
  hits: Shortcut[]
  beginsChord: boolean
}

/** What a press means among everything that is mounted. */
export function findShortcuts(registrations: readonly Registration[], press: Press): Found {
  const found: Found = { hits: [], beginsChord: false }
  for (const registration of registrations.toReversed()) {
    for (const shortcut of registration.read()) {
      if (!shortcut.run || !mayAct(shortcut, registration, press)) continue
      for (const keys of keysOf(shortcut)) {
        const [first, second] = parseKeys(keys)
        if (!second && !press.begun && isSameStroke(first!, press.stroke)) found.hits.push(shortcut)
        if (second && press.begun && isSameStroke(first!, press.begun) && isSameStroke(second, press.stroke))
          found.hits.push(shortcut)
        if (second && !press.begun && isSameStroke(first!, press.stroke)) found.beginsChord = true
      }
    }
  }
  return found
}

export const keysOf = ({ keys }: Pick<Shortcut, 'keys'>): readonly string[] =>
  typeof keys === 'string' ? [keys] : keys

function mayAct(shortcut: Shortcut, { isInLayers }: Registration, { stroke, place, hasSingleKeys }: Press): boolean {
  if (isSingleKey(stroke) && !hasSingleKeys) return false
  if (shortcut.isInFields || stroke.hasMod || place === 'page') return true
  return place === 'layer' && isInLayers
}
