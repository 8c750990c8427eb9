import type { ChatId } from '@parley/protocol/model'
import { create } from 'zustand'
import type { OutboxFile } from './outbox/outbox-store.ts'

/** A file that was attached and not sent yet. */
export interface DraftFile extends OutboxFile {
  /** Set when it cannot be sent, whatever happens: why. */
  problem?: string
}

/** Where a draft stands: in a chat, or before there is one, with a contact. */
type DraftPlace = ChatId | `first.${number}`

/** What was prepared in a chat and not sent yet. */
export interface Draft {
  text: string
  files: readonly DraftFile[]
  /** Pictures go as files. */
  isAsFiles: boolean
}

const EMPTY: Draft = { text: '', files: [], isAsFiles: false }

/** By person and chat. The text is on disk, too; files live as long as the tab. */
const useDrafts = create<Readonly<Record<string, Draft>>>()(() => ({}))

const nameOf = (scope: string, place: DraftPlace) => `${scope}.${place}`

export function useDraft(scope: string, place: DraftPlace): Draft {
  const name = nameOf(scope, place)
  const held = useDrafts((drafts) => drafts[name])
  return held ?? readDraft(scope, place)
}

/** The draft as it is now. */
export function readDraft(scope: string, place: DraftPlace): Draft {
  const held = useDrafts.getState()[nameOf(scope, place)]
  if (held) return held
  const text = readItem(textKey(scope, place))
  return text === '' ? EMPTY : { ...EMPTY, text }
}

export function changeDraft(scope: string, place: DraftPlace, change: (draft: Draft) => Partial<Draft>): void {
  const before = readDraft(scope, place)
  const next = { ...before, ...change(before) }
  if (next.text !== before.text) writeItem(textKey(scope, place), next.text)
  useDrafts.setState({ [nameOf(scope, place)]: next.files.length === 0 ? { ...next, isAsFiles: false } : next })
}

/** Puts a text back that was taken out of a reply: before what was typed since. */
export function returnToDraft(scope: string, chatId: ChatId, text: string): void {
  if (text === '') return
  changeDraft(scope, chatId, (draft) => ({ text: draft.text === '' ? text : `${text}\n${draft.text}` }))
}

/** What the draft answers, as it was kept; empty when it answers nothing. */
export const readReplyTarget = (scope: string, chatId: ChatId): string => readItem(targetKey(scope, chatId))
export const writeReplyTarget = (scope: string, chatId: ChatId, target: string): void =>
  writeItem(targetKey(scope, chatId), target)

const textKey = (scope: string, place: DraftPlace) => `parley.draft.${scope}.${place}`
const targetKey = (scope: string, chatId: ChatId) => `parley.draft-target.${scope}.${chatId}`

/** Storage may be full or forbidden: then a draft lives with its screen only. */
function readItem(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
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
