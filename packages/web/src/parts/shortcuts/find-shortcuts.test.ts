import { describe, expect, test } from 'vitest'
import { findShortcuts, type Place, type Shortcut } from './find-shortcuts.ts'
import { keyCaps, parseKeys, readStroke } from './strokes.ts'

const aPress = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'altKey', boolean>> = {}, code = '') => ({
  key,
  code,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  getModifierState: () => false,
  ...held,
})

const aShortcut = (keys: Shortcut['keys'], more: Partial<Shortcut> = {}): Shortcut => ({
  keys,
  label: 'keys.help',
  group: 'everywhere',
  run: () => undefined,
  ...more,
})

interface Given {
  begun?: string
  place?: Place
  hasSingleKeys?: boolean
  isInLayers?: boolean
}

/** The keys of what a press finds. */
function find(shortcuts: Shortcut[], press: ReturnType<typeof aPress>, given: Given = {}) {
  const { begun, place = 'page', hasSingleKeys = true, isInLayers = false } = given
  const stroke = readStroke(press)!
  const registration = { read: () => shortcuts, isInLayers }
  const first = begun === undefined ? undefined : parseKeys(begun)[0]
  const found = findShortcuts([registration], { stroke, begun: first, place, hasSingleKeys })
  return { keys: found.hits.map(({ keys }) => keys), beginsChord: found.beginsChord }
}

describe('a press', () => {
  const all = [
    aShortcut('x'),
    aShortcut('Shift+x'),
    aShortcut('?'),
    aShortcut('Mod+k'),
    aShortcut(['j', 'ArrowDown']),
    aShortcut('Space'),
  ]

  test.each([
    ['x', aPress('x'), 'x'],
    ['with Caps Lock', aPress('X'), 'x'],
    ['with Shift', aPress('X', { shiftKey: true }), 'Shift+x'],
    ['a sign under Shift', aPress('?', { shiftKey: true }), '?'],
    ['with Ctrl', aPress('k', { ctrlKey: true }), 'Mod+k'],
    ['Space', aPress(' '), 'Space'],
  ])('%s', (_, press, keys) => {
    expect(find(all, press).keys).toEqual([keys])
  })

  test('any of several keys will do', () => {
    expect(find(all, aPress('ArrowDown')).keys).toHaveLength(1)
  })

  test('a letter of another script is read by its place', () => {
    expect(find(all, aPress('ч', {}, 'KeyX')).keys).toEqual(['x'])
  })

  test('what is held with Alt, and a modifier alone, are not ours', () => {
    expect(readStroke(aPress('x', { altKey: true }))).toBeUndefined()
    expect(readStroke(aPress('Shift', { shiftKey: true }))).toBeUndefined()
  })
})

describe('a chord', () => {
  const all = [aShortcut('g i'), aShortcut('i')]

  test('begins with its first key', () => {
    expect(find(all, aPress('g'))).toEqual({ keys: [], beginsChord: true })
  })

  test('ends with its second', () => {
    expect(find(all, aPress('i'), { begun: 'g' }).keys).toEqual(['g i'])
  })

  test('is not its second key alone', () => {
    expect(find(all, aPress('i')).keys).toEqual(['i'])
  })
})

describe('where keys act', () => {
  const all = [aShortcut('n'), aShortcut('F6', { isInFields: true }), aShortcut('Mod+k')]

  test('letters stay with a field; ⌘ and Ctrl do not', () => {
    expect(find(all, aPress('n'), { place: 'field' }).keys).toEqual([])
    expect(find(all, aPress('F6'), { place: 'field' }).keys).toEqual(['F6'])
    expect(find(all, aPress('k', { ctrlKey: true }), { place: 'field' }).keys).toEqual(['Mod+k'])
  })

  test('a layer has the keys of what is drawn in it', () => {
    expect(find(all, aPress('n'), { place: 'layer' }).keys).toEqual([])
    expect(find(all, aPress('n'), { place: 'layer', isInLayers: true }).keys).toEqual(['n'])
  })

  test('single keys can be switched off', () => {
    const off = { hasSingleKeys: false }
    expect(find(all, aPress('n'), off).keys).toEqual([])
    expect(find([aShortcut('Escape'), ...all], aPress('Escape'), off).keys).toEqual(['Escape'])
  })

  test('what a field does itself is only listed', () => {
    expect(find([{ keys: 'Enter', label: 'keys.send', group: 'composer' }], aPress('Enter')).keys).toEqual([])
  })
})

test('the newest component is asked first', () => {
  const [older, newer] = [aShortcut('e'), aShortcut(['e', 'Delete'])]
  const registrations = [older, newer].map((shortcut) => ({ read: () => [shortcut], isInLayers: false }))
  const stroke = readStroke(aPress('e'))!
  const { hits } = findShortcuts(registrations, { stroke, begun: undefined, place: 'page', hasSingleKeys: true })
  expect(hits).toEqual([newer, older])
})

test.each([
  ['g i', ['G', 'I']],
  ['Shift+x', ['Shift X']],
  ['Mod+k', ['Ctrl K']],
  ['ArrowDown', ['↓']],
  [']', [']']],
])('%s is printed as %j', (keys, caps) => {
  expect(keyCaps(keys, false)).toEqual(caps)
})
