import type { Chat, ChatAction, TagId, UserId } from '@parley/protocol/model'

/** What is known of the users an action may name. */
export type NameOf = (userId: UserId) => string

/** A chat as it will be when the server has done it, so that nobody waits to see it. */
export function patchChat(chat: Chat, action: ChatAction, nameOf: NameOf): Chat {
  switch (action.type) {
    case 'close':
      return { ...chat, state: 'closed', snoozedUntil: null, unread: 0, waitingSince: null }
    case 'reopen':
      return { ...chat, state: 'open' }
    case 'snooze':
      return { ...chat, state: 'snoozed', snoozedUntil: action.until }
    case 'wake':
      return { ...chat, state: 'open', snoozedUntil: null }
    case 'read':
      return chat.unread === 0 ? chat : { ...chat, unread: 0 }
    case 'unread':
      return chat.unread > 0 ? chat : { ...chat, unread: 1 }
    case 'assign':
      return chat.lead === null ? chat : { ...chat, responsible: personOf(action.userId as UserId | null, nameOf) }
    case 'tag':
      return withTags(chat, (tagIds) => [...new Set([...tagIds, ...(action.tagIds as TagId[])])])
    case 'untag':
      return withTags(chat, (tagIds) => tagIds.filter((id) => !action.tagIds.includes(id)))
    case 'mute':
    case 'unmute':
      return chat
  }
}

const personOf = (id: UserId | null, nameOf: NameOf) => (id === null ? null : { id, name: nameOf(id) })

function withTags(chat: Chat, change: (tagIds: readonly TagId[]) => TagId[]): Chat {
  if (chat.lead === null) return chat
  return { ...chat, lead: { ...chat.lead, tagIds: change(chat.lead.tagIds).sort((a, b) => a - b) } }
}
