import type { CardChat, Chat, LeadCard, LeadId, Message, RealtimeEvent } from '@parley/protocol/model'

export function toCardChat(chat: Chat): CardChat {
  const { id, client, source, unread, lastMessage, activityAt, waitingSince, channel } = chat
  const { id: channelId, code, title } = channel
  return {
    id,
    client,
    source,
    unread,
    lastMessage,
    activityAt,
    waitingSince,
    channel: { id: channelId, code, title },
  }
}

/** A card with what an event tells of its chats; the same one when it tells nothing. */
export function withChatOf<Card extends LeadCard>(card: Card, { chat, message }: RealtimeEvent): Card {
  if (chat) {
    const isOwn = chat.lead?.id === card.lead.id
    const others = card.chats.filter(({ id }) => id !== chat.id)
    if (isOwn) return withChats(card, [...others, toCardChat(chat)])
    return others.length === card.chats.length ? card : withChats(card, others)
  }
  const shown = message && card.chats.find(({ lastMessage }) => lastMessage?.id === message.id)
  if (!message || !shown?.lastMessage) return card
  return withChats(
    card,
    card.chats.map((one) =>
      one === shown ? { ...one, lastMessage: { ...shown.lastMessage!, ...changesOf(message) } } : one,
    ),
  )
}

const changesOf = ({ kind, text, status }: Message) => ({ kind, text, status })

function withChats<Card extends LeadCard>(card: Card, chats: CardChat[]): Card {
  return { ...card, chats: chats.sort((a, b) => b.activityAt - a.activityAt) }
}

/** The lead's card, as far as an event tells of a lead nothing was known of. */
export function toCard({ lead, chat }: RealtimeEvent): LeadCard | undefined {
  if (!lead) return undefined
  return { lead, chats: chat?.lead?.id === lead.id ? [toCardChat(chat)] : [], duplicate: null }
}

/** The lead that an event takes from this viewer: it is gone, or not his to see any more. */
export const goneOf = ({ removedLeadId, hiddenLeadId }: RealtimeEvent): LeadId | undefined =>
  removedLeadId ?? hiddenLeadId
