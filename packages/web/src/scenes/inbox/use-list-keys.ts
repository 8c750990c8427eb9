import type { Chat, ChatId } from '@parley/protocol/model'
import type { Virtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import { focusComposer } from '../../parts/conversation/focus.ts'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'

interface ListKeys {
  chats: readonly Chat[]
  selected: ChatId | undefined
  onPick: (id: ChatId) => void
  scroller: RefObject<HTMLDivElement | null>
  virtualizer: Virtualizer<HTMLDivElement, Element>
}

/** J, K and the arrows walk through the chats; Enter and R go on to the reply. */
export function useListKeys({ chats, selected, onPick, scroller, virtualizer }: ListKeys): void {
  function walk(step: 1 | -1, event?: KeyboardEvent) {
    // In the conversation the arrows scroll it, as everywhere.
    const isArrow = event?.key.startsWith('Arrow')
    if (isArrow && document.activeElement !== document.body && !scroller.current?.contains(document.activeElement))
      return false
    const here = chats.findIndex((chat) => chat.id === selected)
    const index = here === -1 ? 0 : Math.max(0, Math.min(chats.length - 1, here + step))
    const next = chats[index]
    if (!next) return
    onPick(next.id)
    virtualizer.scrollToIndex(index, { align: 'auto' })
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
