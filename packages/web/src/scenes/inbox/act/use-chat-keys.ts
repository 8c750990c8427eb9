import type { ChatAction, ChatId } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { indexOf, lengthOf, loadedRows, rowAt } from '../../../data/inbox/chat-blocks.ts'
import type { ChatList } from '../../../data/inbox/chat-list.ts'
import { clearSelection, countPicked, pickRange, togglePicked, useSelection } from '../../../data/inbox/selection.ts'
import { mutedQuery } from '../../../data/inbox/views.ts'
import { useShortcuts } from '../../../parts/shortcuts/use-shortcuts.ts'
import { findChat } from './find-chat.ts'
import { openPicker, type PickerKind } from './pickers.ts'
import { type Target, useAct } from './use-act.ts'

interface Options {
  list: ChatList
  listKey: string
  selected: ChatId | undefined
  onPick: (id: ChatId) => void
}

/** What keys do to the picked chats, else to the open one. */
export function useChatKeys({ list, listKey, selected, onPick }: Options): void {
  const client = useQueryClient()
  const act = useAct()
  const selection = useSelection()
  const { data: muted } = useQuery(mutedQuery)
  const isPicking = selection.listKey === listKey
  const count = isPicking ? countPicked(selection, lengthOf(list)) : selected === undefined ? 0 : 1
  const open = selected === undefined ? undefined : findChat(client, selected)

  function target(): Target | undefined {
    if (isPicking && selection.isAll) return { of: list.of, exceptIds: [...selection.ids] }
    if (isPicking) return { ids: [...selection.ids] }
    return selected === undefined ? undefined : { ids: [selected] }
  }
  function run(action: ChatAction) {
    const to = target()
    if (!to) return false
    if (isPicking) clearSelection()
    void act(action, to)
    return true
  }
  function ask(kind: PickerKind) {
    const to = target()
    if (!to) return false
    openPicker({ kind, target: to, count, chat: isPicking ? undefined : open })
    return true
  }
  function closeAndNext() {
    if (isPicking || selected === undefined) return run({ type: 'close' })
    const here = indexOf(list, selected)
    const next = rowAt(list, here + 1) ?? rowAt(list, here - 1)
    void act({ type: 'close' }, { ids: [selected] })
    if (next) onPick(next.chat.id)
    return true
  }
  function pick(isRange: boolean) {
    const id = selected ?? rowAt(list, 0)?.chat.id
    if (id === undefined) return false
    const order = loadedRows(list).map(({ chat }) => chat.id)
    if (isRange) pickRange(listKey, id, order)
    else togglePicked(listKey, id)
    return true
  }
  function clear() {
    if (!isPicking) return false
    clearSelection()
    return true
  }

  const isSeen = !isPicking && open !== undefined && open.unread === 0
  const isClosed = !isPicking && open?.state === 'closed'
  const isMuted = !isPicking && open !== undefined && muted?.has(open.id) === true
  useShortcuts([
    { keys: 'e', label: 'keys.close', group: 'inbox', run: () => run({ type: isClosed ? 'reopen' : 'close' }) },
    { keys: 'Shift+e', label: 'keys.closeNext', group: 'inbox', run: closeAndNext },
    { keys: 'h', label: 'keys.snooze', group: 'inbox', run: () => ask('snooze') },
    { keys: 'a', label: 'keys.assign', group: 'inbox', run: () => ask('assign') },
    { keys: 'l', label: 'keys.tag', group: 'inbox', run: () => ask('tag') },
    {
      keys: 'u',
      label: 'keys.unread',
      group: 'inbox',
      run: () => run({ type: isSeen || isPicking ? 'unread' : 'read' }),
    },
    { keys: 'Shift+m', label: 'keys.mute', group: 'inbox', run: () => run({ type: isMuted ? 'unmute' : 'mute' }) },
    { keys: 'x', label: 'keys.select', group: 'inbox', run: () => pick(false) },
    { keys: 'Shift+x', label: 'keys.selectRange', group: 'inbox', run: () => pick(true) },
    { keys: 'Escape', label: 'keys.back', group: 'inbox', run: clear },
  ])
}
