import type { Chat } from '@parley/protocol/model'

/** The order a list had when somebody scrolled away from its top: chat id → activity then. */
export type HeldOrder = ReadonlyMap<Chat['id'], number>

export const holdOrder = (chats: readonly Chat[]): HeldOrder => new Map(chats.map((chat) => [chat.id, chat.activityAt]))

/**
 * Shows a list in the order it had, with what its rows say now: nothing above what a person reads may move.
 * Older chats that were loaded since go on at the end; new and moved ones wait, and are counted.
 */
export function applyHeldOrder(
  chats: readonly Chat[],
  held: HeldOrder | null,
): { shown: readonly Chat[]; waiting: number } {
  if (!held) return { shown: chats, waiting: 0 }
  const byId = new Map(chats.map((chat) => [chat.id, chat]))
  const kept = [...held.keys()].map((id) => byId.get(id)).filter((chat) => chat !== undefined)
  const oldestHeld = Math.min(...held.values())
  const added = chats.filter((chat) => !held.has(chat.id))
  const older = added.filter((chat) => chat.activityAt <= oldestHeld)
  const moved = kept.filter((chat) => chat.activityAt > held.get(chat.id)!)
  return { shown: [...kept, ...older], waiting: moved.length + added.length - older.length }
}
