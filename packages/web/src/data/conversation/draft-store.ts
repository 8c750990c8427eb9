import type { ChatId, Message } from '@parley/protocol/model'
import { create } from 'zustand'
import { type Draft, type DraftPlace, EMPTY_DRAFT, isEmptyDraft } from './draft.ts'
import { type HeldDraft, isUnsaved, NOTHING_SAVED } from './draft-sync.ts'

const NOTHING_HELD: HeldDraft = { draft: EMPTY_DRAFT, base: NOTHING_SAVED }

/** By person and place. Everything but a file's bytes is on disk, too. */
const useHeld = create<Readonly<Record<string, HeldDraft>>>()(() => ({}))

const PREFIX = 'parley.draft'
const nameOf = (scope: string, place: DraftPlace) => `${PREFIX}.${scope}.${place}`

/** Told of every change a person makes; set while drafts are kept on the server, too. */
let onChange: ((scope: string, place: DraftPlace, isUrgent: boolean) => void) | undefined
export const followDrafts = (listener: typeof onChange): void => {
  onChange = listener
}

export function useDraft(scope: string, place: DraftPlace): Draft {
  const name = nameOf(scope, place)
  return useHeld((all) => (all[name] ?? readHeld(scope, place)).draft)
}

/** The draft as it is now. */
export const readDraft = (scope: string, place: DraftPlace): Draft => readHeld(scope, place).draft

export function changeDraft(scope: string, place: DraftPlace, change: (draft: Draft) => Partial<Draft>): void {
  const held = readHeld(scope, place)
  const draft = tidy({ ...held.draft, ...change(held.draft) })
  writeHeld(scope, place, { ...held, draft })
  onChange?.(scope, place, isEmptyDraft(draft))
}

function tidy(draft: Draft): Draft {
  const { files, isAsFiles, text } = draft
  // A file as a picture or not is a question only while there is one.
  const next = files.length === 0 && isAsFiles ? { ...draft, isAsFiles: false } : draft
  return isEmptyDraft(next) && text === '' ? EMPTY_DRAFT : next
}

/** Puts a text back that was taken out of a reply: before what was typed since. */
export function returnToDraft(scope: string, chatId: ChatId, text: string): void {
  if (text === '') return
  changeDraft(scope, chatId, (draft) => ({ text: draft.text === '' ? text : `${text}\n${draft.text}` }))
}

/** What the reply answers; null takes the quote away. */
export const setReplyTarget = (scope: string, chatId: ChatId, target: Message | null): void =>
  changeDraft(scope, chatId, () => ({ target }))

export function readHeld(scope: string, place: DraftPlace): HeldDraft {
  const name = nameOf(scope, place)
  const known = useHeld.getState()[name]
  if (known) return known
  const held = readFromDisk.get(name) ?? parse(readItem(name)) ?? NOTHING_HELD
  readFromDisk.set(name, held)
  return held
}

/** What nobody has changed since it was read: everybody who asks gets the same one. */
const readFromDisk = new Map<string, HeldDraft>()

export function writeHeld(scope: string, place: DraftPlace, held: HeldDraft): void {
  const name = nameOf(scope, place)
  readFromDisk.delete(name)
  useHeld.setState({ [name]: held })
  writeItem(name, isEmptyDraft(held.draft) && !isUnsaved(held) && held.base.version === 0 ? '' : serialize(held))
}

/** Every place this browser holds something of for a person. */
export function listHeld(scope: string): DraftPlace[] {
  const start = `${PREFIX}.${scope}.`
  const names = new Set([...Object.keys(useHeld.getState()), ...storedNames()])
  return [...names].filter((name) => name.startsWith(start)).map((name) => name.slice(start.length) as DraftPlace)
}

/** Another tab of this browser has written a draft: who does not look at this one wants it as it is there. */
export function watchOtherTabs(): () => void {
  const hear = ({ key, newValue }: StorageEvent) => {
    if (!key?.startsWith(`${PREFIX}.`) || document.hasFocus()) return
    const held = parse(newValue ?? '')
    const here = useHeld.getState()[key]
    if (held && here && !here.draft.files.some(({ uploaded }) => !uploaded)) useHeld.setState({ [key]: held })
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}

/** Bytes stay in the tab: a file that is not up yet does not outlive it. */
function serialize({ draft, base }: HeldDraft): string {
  const files = draft.files.filter(({ uploaded }) => uploaded).map(({ blob: _, ...file }) => file)
  return JSON.stringify({ draft: { ...draft, files }, base })
}

function parse(kept: string): HeldDraft | undefined {
  if (kept === '') return undefined
  try {
    const read = JSON.parse(kept) as Partial<HeldDraft>
    if (read?.draft && read.base) return { draft: { ...EMPTY_DRAFT, ...read.draft }, base: read.base }
  } catch {
    // Written by an earlier version: the text alone.
  }
  return { draft: { ...EMPTY_DRAFT, text: kept }, base: NOTHING_SAVED }
}

/** Storage may be full or forbidden: then a draft lives with its screen, and on the server. */
function readItem(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function storedNames(): string[] {
  try {
    return Object.keys(localStorage)
  } catch {
    return []
  }
}

function writeItem(key: string, value: string): void {
  try {
    if (value === '') localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Nothing to do: it is still on the screen.
  }
}
