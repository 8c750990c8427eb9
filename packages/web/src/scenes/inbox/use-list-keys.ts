import type { Chat, ChatId } from '@parley/protocol/model'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { focusComposer } from '../../parts/conversation/focus.ts'
import { useKeys } from '../../parts/use-keys.ts'

interface ListKeys {
  chats: readonly Chat[]
  selected: ChatId | undefined
  onPick: (id: ChatId) => void
  scroller: RefObject<HTMLDivElement | null>
  virtualizer: Virtualizer<HTMLDivElement, Element>
}

/** J, K and the arrows walk through the chats; Enter and R go on to the reply. */
export function useListKeys(list: ListKeys): void {
  const latest = useRef(list)
  useEffect(() => {
    latest.current = list
  })

  const keyMap = useMemo(() => {
    function walk(event: KeyboardEvent, step: 1 | -1) {
      const { chats, selected, onPick, virtualizer, scroller } = latest.current
      // In the conversation the arrows scroll it, as everywhere.
      const isArrow = event.key.startsWith('Arrow')
      if (isArrow && document.activeElement !== document.body && !scroller.current?.contains(document.activeElement))
        return
      event.preventDefault()
      const here = chats.findIndex((chat) => chat.id === selected)
      const index = here === -1 ? 0 : Math.max(0, Math.min(chats.length - 1, here + step))
      const next = chats[index]
      if (!next) return
      onPick(next.id)
      virtualizer.scrollToIndex(index, { align: 'auto' })
    }
    function reply(event: KeyboardEvent) {
      const isOnOtherButton =
        event.key === 'Enter' && event.target instanceof HTMLElement && event.target.matches('button, a')
      if (!isOnOtherButton && focusComposer()) event.preventDefault()
    }
    const next = (event: KeyboardEvent) => walk(event, 1)
    const previous = (event: KeyboardEvent) => walk(event, -1)
    return { j: next, ArrowDown: next, k: previous, ArrowUp: previous, Enter: reply, r: reply }
  }, [])
  useKeys(keyMap)
}
