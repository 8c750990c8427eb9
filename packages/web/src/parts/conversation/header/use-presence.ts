import type { ChatId } from '@parley/protocol/model'
import { useEffect } from 'react'
import { useConnection } from '../../../data/connection.ts'
import { tellPresence } from '../../../data/conversation/endpoints.ts'
import { hearPresence } from '../../../data/conversation/presence.ts'
import { newMessageId } from '../../../data/new-id.ts'

/** The server believes it for fifty seconds. */
const EVERY_MS = 20_000
/** Names this window among those of one person. */
const TAB = newMessageId()

/** Tells the colleagues that somebody has this chat before him, as long as the page is to be seen. */
export function useTellPresence(chatId: ChatId): void {
  const isOpen = useConnection((state) => state.isOpen === true)
  useEffect(() => {
    if (!isOpen) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isHere = false

    function tell() {
      clearTimeout(timer)
      if (document.visibilityState !== 'visible') return leave()
      isHere = true
      timer = setTimeout(tell, EVERY_MS)
      tellPresence(chatId, { tab: TAB, isHere: true })
        .then(({ items }) => items.forEach(hearPresence))
        .catch(() => undefined)
    }
    function leave() {
      clearTimeout(timer)
      if (!isHere) return
      isHere = false
      tellPresence(chatId, { tab: TAB, isHere: false }).catch(() => undefined)
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    window.addEventListener('pagehide', leave)
    return () => {
      leave()
      document.removeEventListener('visibilitychange', tell)
      window.removeEventListener('pagehide', leave)
    }
  }, [chatId, isOpen])
}
