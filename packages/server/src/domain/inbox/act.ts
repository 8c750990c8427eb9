import type { ChatAction, ChatId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { Acting, Done, Undone } from './acting.ts'
import { changeLeadsOf, restoreLeadsOf } from './change-leads-of.ts'
import { changeStates, restoreStates } from './change-states.ts'
import { restoreMuted, setMuted } from './mute-chats.ts'
import { isStateAction } from './plan-chat.ts'

/**
 * Does something to a few chats within a transaction. Ids of no chats, of chats the viewer may not see or not change, and
 * chats that are so already are passed over.
 * @throws {AppError} `invalid_request`: the user or the tag it names is not there
 */
export async function actOnChats(
  tx: Tx,
  acting: Acting,
  chatIds: readonly ChatId[],
  action: ChatAction,
): Promise<Done> {
  if (chatIds.length === 0) return { before: new Map(), events: [] }
  if (isStateAction(action)) return changeStates(tx, acting, chatIds, action)
  if (action.type === 'mute' || action.type === 'unmute') return setMuted(tx, acting, chatIds, action.type === 'mute')
  return changeLeadsOf(tx, acting, chatIds, action)
}

/** Takes it back in those of the chats that are still as `actOnChats` left them. */
export async function undoOnChats(
  tx: Tx,
  acting: Acting,
  items: ReadonlyMap<ChatId, unknown>,
  action: ChatAction,
): Promise<Undone> {
  if (items.size === 0) return { restored: [], events: [] }
  if (isStateAction(action)) return restoreStates(tx, acting, items)
  if (action.type === 'mute' || action.type === 'unmute')
    return restoreMuted(tx, acting, items, action.type === 'unmute')
  return restoreLeadsOf(tx, acting, items, action)
}
