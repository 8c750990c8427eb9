import type { ChatId } from '@parley/protocol/model'
import type { VirtualItem } from '@tanstack/react-virtual'

/** Where somebody was in a conversation when he went on to another. */
export interface Whereabouts {
  /** The part of the conversation that was shown; null: the one with the newest. */
  place: string | null
  /** The topmost row, and how far it was scrolled past. */
  key: string
  offsetPx: number
  /** How high the rows were, so that nothing has to be measured again. */
  measured: VirtualItem[]
}

const MOST = 30
const places = new Map<ChatId, Whereabouts>()

/** Lives as long as the page; undefined for who was at the end, or was never here. */
export const recallPlace = (chatId: ChatId): Whereabouts | undefined => places.get(chatId)

export function keepPlace(chatId: ChatId, where: Whereabouts | undefined): void {
  places.delete(chatId)
  if (!where) return
  places.set(chatId, where)
  const [oldest] = places.keys()
  if (places.size > MOST && oldest !== undefined) places.delete(oldest)
}
