import { chooseKeys, useCustomKeys } from './custom-keys.ts'
import { findShortcuts, type Place, type Registration, type Shortcut } from './find-shortcuts.ts'
import { useSingleKeys } from './single-keys.ts'
import { readStroke, type Stroke } from './strokes.ts'

/** How long a chord waits for its second key. */
const CHORD_MS = 1_500

const registrations: Registration[] = []
let begun: { stroke: Stroke; at: number } | undefined

/** What a component offers, with the keys that were chosen for it. */
const withChosenKeys = ({ read, isInLayers }: Registration): Registration => ({
  isInLayers,
  read: () => chooseKeys(read(), useCustomKeys.getState().keys),
})

/** Adds what a component offers, until the answer is called. */
export function register(given: Registration): () => void {
  const registration = withChosenKeys(given)
  if (registrations.length === 0) window.addEventListener('keydown', handle)
  registrations.push(registration)
  return () => {
    registrations.splice(registrations.indexOf(registration), 1)
    if (registrations.length === 0) window.removeEventListener('keydown', handle)
  }
}

/** Everything that works now, for the list of keys and the palette. */
export const listShortcuts = (): Shortcut[] => registrations.flatMap(({ read }) => read())

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const stroke = readStroke(event)
  if (!stroke) return
  const first = begun && event.timeStamp - begun.at < CHORD_MS ? begun.stroke : undefined
  begun = undefined
  const press = { stroke, place: placeOf(event.target), hasSingleKeys: useSingleKeys.getState().isOn }

  const second = first && findShortcuts(registrations, { ...press, begun: first })
  // A second key that ends no chord means what it means alone.
  const { hits, beginsChord } = second?.hits.length
    ? second
    : findShortcuts(registrations, { ...press, begun: undefined })
  if (beginsChord) begun = { stroke, at: event.timeStamp }
  for (const { run } of hits) {
    if (run?.(event) === false) continue
    event.preventDefault()
    return
  }
}

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof HTMLElement)) return 'page'
  // A closed select takes letters, too: they look for its options.
  if (target.isContentEditable || target.matches('input, textarea, select, [role=combobox]')) return 'field'
  return target.closest('[role=menu], [role=dialog], [role=alertdialog], [data-base-ui-portal]') ? 'layer' : 'page'
}
