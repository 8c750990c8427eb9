import type { ChatId } from '@parley/protocol/model'
import { create } from 'zustand'

/** What is picked in one list, to do something to all of it. */
export interface Selection {
  /** Of which list; another one begins with nothing. */
  listKey: string
  /** Everything that matches, but these; otherwise these alone. */
  isAll: boolean
  ids: ReadonlySet<ChatId>
  /** From where a range goes. */
  anchor: ChatId | null
}

const NOTHING: Selection = { listKey: '', isAll: false, ids: new Set(), anchor: null }

export const useSelection = create<Selection>()(() => NOTHING)

export const isPicked = ({ isAll, ids }: Selection, chatId: ChatId): boolean => ids.has(chatId) !== isAll

/** How many of a list of `total`. */
export const countPicked = ({ isAll, ids }: Selection, total: number): number =>
  isAll ? Math.max(0, total - ids.size) : ids.size

export const clearSelection = (): void => useSelection.setState(NOTHING)

export const selectAll = (listKey: string): void =>
  useSelection.setState({ listKey, isAll: true, ids: new Set(), anchor: null })

const held = (listKey: string): Selection => {
  const state = useSelection.getState()
  return state.listKey === listKey ? state : { ...NOTHING, listKey }
}

export function togglePicked(listKey: string, chatId: ChatId): void {
  const selection = held(listKey)
  const ids = new Set(selection.ids)
  if (!ids.delete(chatId)) ids.add(chatId)
  if (ids.size === 0 && !selection.isAll) clearSelection()
  else useSelection.setState({ ...selection, ids, anchor: chatId })
}

/** Everything between the last one picked and this one, in the order of the list. */
export function pickRange(listKey: string, chatId: ChatId, order: readonly ChatId[]): void {
  const selection = held(listKey)
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor)
  const to = order.indexOf(chatId)
  if (from < 0 || to < 0) {
    togglePicked(listKey, chatId)
    return
  }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  const ids = new Set(selection.ids)
  for (const id of range) {
    if (selection.isAll) ids.delete(id)
    else ids.add(id)
  }
  useSelection.setState({ ...selection, ids, anchor: chatId })
}
