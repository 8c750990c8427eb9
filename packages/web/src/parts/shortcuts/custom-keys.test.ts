import { expect, test } from 'vitest'
import { chooseKeys, findOwner, writeStroke } from './custom-keys.ts'
import { keysOf, type Shortcut } from './find-shortcuts.ts'

const aShortcut = (label: string, keys: Shortcut['keys'], run: Shortcut['run'] = () => undefined): Shortcut => ({
  label: label as Shortcut['label'],
  keys,
  group: 'everywhere',
  run,
})

const next = aShortcut('keys.next', ['j', 'ArrowDown'])
const help = aShortcut('keys.help', '?')
const send = { ...aShortcut('keys.send', 'Enter'), run: undefined } as unknown as Shortcut

test('chosen keys take the place of the usual ones, or leave none', () => {
  const chosen = chooseKeys([next, help], { 'keys.next': 'g n', 'keys.help': '' })
  expect(chosen.map(keysOf)).toEqual([['g n'], []])
})

test('what nobody chose for, and what a field takes itself, keeps its own', () => {
  const { run: _, ...listed } = send
  expect(chooseKeys([next, listed], { 'keys.send': 'x' }).map(keysOf)).toEqual([['j', 'ArrowDown'], ['Enter']])
})

test.each([
  [{ key: 'x', hasShift: false, hasMod: false }, 'x'],
  [{ key: 'x', hasShift: true, hasMod: false }, 'Shift+x'],
  [{ key: '?', hasShift: true, hasMod: false }, '?'],
  [{ key: 'k', hasShift: false, hasMod: true }, 'Mod+k'],
  [{ key: 'ArrowDown', hasShift: true, hasMod: false }, 'Shift+ArrowDown'],
])('%j is written %s', (stroke, keys) => {
  expect(writeStroke(stroke)).toBe(keys)
})

test('whose keys are taken already is known, chords too', () => {
  const chord = aShortcut('nav.inbox', 'g i')
  expect(findOwner('j', [next, help], help)).toBe(next)
  expect(findOwner('g', [chord], help)).toBe(chord)
  expect(findOwner('? x', [help], chord)).toBe(help)
  expect(findOwner('j', [next], next)).toBeUndefined()
  expect(findOwner('x', [next, help, chord], next)).toBeUndefined()
})
