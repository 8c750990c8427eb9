import type { ChatId } from '@parley/protocol/model'
import type { RefObject } from 'react'
import { indexOf, lengthOf, rowAt } from '../../../data/inbox/chat-blocks.ts'
import type { ChatList } from '../../../data/inbox/chat-list.ts'
import { focusComposer } from '../../../parts/conversation/focus.ts'
import { useDensity } from '../../../parts/density.ts'
import { useShortcuts } from '../../../parts/shortcuts/use-shortcuts.ts'
import { rowHeightOf } from './ChatRow.tsx'

interface ListKeys {
  list: ChatList
  selected: ChatId | undefined
  onPick: (id: ChatId) => void
  scroller: RefObject<HTMLDivElement | null>
}

/** Scrolls as little as is needed to see a row. */
function reveal(element: HTMLElement, index: number): void {
  const height = rowHeightOf(useDensity.getState().density)
  const top = index * height
  if (top < element.scrollTop) element.scrollTop = top
  else if (top + height > element.scrollTop + element.clientHeight)
    element.scrollTop = top + height - element.clientHeight
}

/** J, K and the arrows walk through the chats; Enter and R go on to the reply. */
export function useListKeys({ list, selected, onPick, scroller }: ListKeys): void {
  function walk(step: 1 | -1, event?: KeyboardEvent) {
    // In the conversation the arrows scroll it, as everywhere.
    const isArrow = event?.key.startsWith('Arrow')
    if (isArrow && document.activeElement !== document.body && !scroller.current?.contains(document.activeElement))
      return false
    const here = selected === undefined ? -1 : indexOf(list, selected)
    const index = here === -1 ? 0 : Math.max(0, Math.min(lengthOf(list) - 1, here + step))
    if (scroller.current) reveal(scroller.current, index)
    // What is not loaded yet comes into view, and is there the next time.
    const next = rowAt(list, index)
    if (next) onPick(next.chat.id)
    return true
  }
  function reply(event?: KeyboardEvent) {
    const isOnOtherButton =
      event?.key === 'Enter' && event.target instanceof HTMLElement && event.target.matches('button, a')
    return !isOnOtherButton && focusComposer()
  }
  useShortcuts([
    { keys: ['j', 'ArrowDown'], label: 'keys.next', group: 'inbox', run: (event) => walk(1, event) },
    { keys: ['k', 'ArrowUp'], label: 'keys.previous', group: 'inbox', run: (event) => walk(-1, event) },
    { keys: ['r', 'Enter'], label: 'keys.reply', group: 'inbox', run: reply },
  ])
}
