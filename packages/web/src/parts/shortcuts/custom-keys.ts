import { create } from 'zustand'
import type { Shortcut } from './find-shortcuts.ts'
import { isCharacter, isLatinLetter, type Stroke } from './strokes.ts'

/** Keys by what they do (`Shortcut.label`); empty: it has none. */
export type CustomKeys = Readonly<Record<string, string>>

/** Those that somebody chose instead of the usual ones. */
export const useCustomKeys = create<{ keys: CustomKeys }>()(() => ({ keys: {} }))

export const setCustomKeys = (keys: CustomKeys): void => useCustomKeys.setState({ keys })

/** The same shortcuts with the keys that were chosen for them. */
export function chooseKeys(shortcuts: readonly Shortcut[], chosen: CustomKeys): readonly Shortcut[] {
  if (Object.keys(chosen).length === 0) return shortcuts
  return shortcuts.map((shortcut) => {
    const keys = canChange(shortcut) ? chosen[shortcut.label] : undefined
    return keys === undefined ? shortcut : { ...shortcut, keys: keys === '' ? [] : [keys] }
  })
}

/** What a field takes itself cannot be moved to other keys. */
export const canChange = ({ run }: Pick<Shortcut, 'run'>): boolean => run !== undefined

/** What moves the keyboard or leaves a layer stays what it is. */
const FIXED = new Set(['Tab', 'Enter', 'Escape', ' ', 'Backspace', 'Delete'])

export const isFixed = ({ key }: Stroke): boolean => FIXED.has(key)

/** As `Shortcut.keys` spells it. */
export function writeStroke({ key, hasShift, hasMod }: Stroke): string {
  // A sign stands under Shift on some keyboards and not on others.
  const isSign = isCharacter(key) && !isLatinLetter(key)
  return [hasMod && 'Mod', hasShift && !isSign && 'Shift', key].filter(Boolean).join('+')
}

/** Whose keys these are among the others; a chord and its first key alone get into each other's way, too. */
export function findOwner(keys: string, shortcuts: readonly Shortcut[], but: Shortcut): Shortcut | undefined {
  const clash = (other: string) => other === keys || other.startsWith(`${keys} `) || keys.startsWith(`${other} `)
  return shortcuts.find((one) => one.label !== but.label && one.run && [one.keys].flat().some((other) => clash(other)))
}
