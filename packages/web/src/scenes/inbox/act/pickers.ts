import type { Chat } from '@parley/protocol/model'
import { create } from 'zustand'
import type { Target } from './use-act.ts'

export type PickerKind = 'assign' | 'snooze' | 'tag'

/** What is asked before something is done: to whom, until when, which tags. */
interface Picker {
  kind: PickerKind
  target: Target
  count: number
  /** The only chat it is about. */
  chat: Chat | undefined
}

export const usePicker = create<{ picker: Picker | null }>()(() => ({ picker: null }))

export const openPicker = (picker: Picker): void => usePicker.setState({ picker })
export const closePicker = (): void => usePicker.setState({ picker: null })
