/** One press: `j`, `Shift+x`, `Mod+k` (⌘ or Ctrl), `Escape`. */
export interface Stroke {
  key: string
  hasShift: boolean
  hasMod: boolean
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'metaKey' | 'ctrlKey' | 'altKey' | 'getModifierState'>

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'])
export const isLatinLetter = (key: string) => /^[a-z]$/.test(key)
export const isCharacter = (key: string) => [...key].length === 1

/** The presses of a shortcut: two for a chord such as `g i`. */
export function parseKeys(keys: string): Stroke[] {
  return keys.split(' ').map((part) => {
    const names = part.split(/\+(?=.)/)
    const key = names.pop()!
    return {
      key: isCharacter(key) ? key.toLowerCase() : key,
      hasShift: names.includes('Shift'),
      hasMod: names.includes('Mod'),
    }
  })
}

/** What was pressed; undefined for a modifier alone and for what belongs to the browser or the system. */
export function readStroke(event: Press): Stroke | undefined {
  if (MODIFIERS.has(event.key)) return undefined
  // Some layouts reach `]` only with AltGr, which reports itself as Ctrl and Alt.
  const isAltGraph = event.getModifierState('AltGraph')
  if (event.altKey && !isAltGraph) return undefined
  return { key: readKey(event), hasShift: event.shiftKey, hasMod: !isAltGraph && (event.metaKey || event.ctrlKey) }
}

/** Letters are the same with Caps Lock, and on a keyboard of another script by their place: `о` of ЙЦУКЕН is `j`. */
function readKey({ key, code }: Press): string {
  // Named like Enter: it is nothing that is written by chance.
  if (key === ' ') return 'Space'
  if (!isCharacter(key)) return key
  const lower = key.toLowerCase()
  if (lower.charCodeAt(0) < 0x80) return lower
  if (code.startsWith('Key')) return code.slice(3).toLowerCase()
  return code === 'BracketRight' ? ']' : code === 'BracketLeft' ? '[' : lower
}

/** Signs such as `?` stand under Shift on some layouts and not on others, so for them it does not count. */
export function isSameStroke(wanted: Stroke, pressed: Stroke): boolean {
  if (wanted.key !== pressed.key || wanted.hasMod !== pressed.hasMod) return false
  const isSign = isCharacter(wanted.key) && !isLatinLetter(wanted.key)
  return isSign || wanted.hasShift === pressed.hasShift
}

/** A character key without Ctrl or ⌘: what a voice or a slip of the hand may press by chance (WCAG 2.1.4). */
export const isSingleKey = ({ key, hasMod }: Stroke): boolean => isCharacter(key) && !hasMod

const CAPS: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

/** A shortcut as it is printed, a cap for each press: `['G', 'I']`, `['Shift X']`, `['⌘ K']`. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  return parseKeys(keys).map(({ key, hasShift, hasMod }) => {
    const cap = CAPS[key] ?? (isLatinLetter(key) ? key.toUpperCase() : key)
    return [hasMod && (isMac ? '⌘' : 'Ctrl'), hasShift && 'Shift', cap].filter(Boolean).join(' ')
  })
}
