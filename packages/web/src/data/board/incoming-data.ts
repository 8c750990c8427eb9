import type { IncomingCard, IncomingPage, LeadId, RealtimeEvent, SourceCount } from '@parley/protocol/model'
import { goneOf, withChatOf } from './card-changes.ts'
import type { IncomingWish } from './endpoints.ts'

export interface IncomingData {
  /** As far as they were read, in order. */
  cards: IncomingCard[]
  next: string | null
  counts: readonly SourceCount[]
  /** Leads that came since: their cards are to be read. */
  unread: readonly LeadId[]
}

export const toIncomingData = ({ items, next, counts }: IncomingPage): IncomingData => ({
  cards: items,
  next,
  counts,
  unread: [],
})

const compare = (wish: IncomingWish) => (a: IncomingCard, b: IncomingCard) =>
  wish.sort === 'oldest' ? a.lead.id - b.lead.id : b.lead.id - a.lead.id

export function appendIncoming(
  data: IncomingData,
  { items, next, counts }: IncomingPage,
  wish: IncomingWish,
): IncomingData {
  const known = new Set(data.cards.map(({ lead }) => lead.id))
  const cards = [...data.cards, ...items.filter(({ lead }) => !known.has(lead.id))].sort(compare(wish))
  return { ...data, cards, next, counts }
}

/** Puts what events tell into the list. Applying an event twice changes nothing more. */
export function applyToIncoming(data: IncomingData, events: readonly RealtimeEvent[]): IncomingData {
  return events.reduce(applyOne, data)
}

function applyOne(data: IncomingData, event: RealtimeEvent): IncomingData {
  const { lead } = event
  const gone = goneOf(event) ?? (lead && !lead.isIncoming ? lead.id : undefined)
  if (gone !== undefined) {
    const isKnown = data.unread.includes(gone) || data.cards.some((card) => card.lead.id === gone)
    if (!isKnown) return data
    return {
      ...data,
      cards: data.cards.filter((card) => card.lead.id !== gone),
      unread: data.unread.filter((id) => id !== gone),
    }
  }
  const isNew = lead && !data.cards.some((card) => card.lead.id === lead.id) && !data.unread.includes(lead.id)
  if (isNew) return { ...data, unread: [...data.unread, lead.id] }
  let isSame = true
  const cards = data.cards.map((card) => {
    const changed = withChatOf(lead?.id === card.lead.id ? { ...card, lead } : card, event)
    if (changed !== card) isSame = false
    return changed
  })
  return isSame ? data : { ...data, cards }
}

/** Cards that were read, in their places; what lies under the last page that was read comes with the next one. */
export function putIncoming(
  data: IncomingData,
  asked: readonly LeadId[],
  cards: readonly IncomingCard[],
  wish: IncomingWish,
): IncomingData {
  const order = compare(wish)
  const last = data.cards.at(-1)
  const fresh = cards.filter(
    (card) =>
      card.lead.isIncoming &&
      passes(card, wish) &&
      asked.includes(card.lead.id) &&
      !data.cards.some(({ lead }) => lead.id === card.lead.id) &&
      (data.next === null || last === undefined || order(card, last) < 0),
  )
  return {
    ...data,
    cards: fresh.length === 0 ? data.cards : [...data.cards, ...fresh].sort(order),
    unread: data.unread.filter((id) => !asked.includes(id)),
  }
}

const passes = ({ lead, chats }: IncomingCard, { channel, source }: IncomingWish) =>
  (channel === undefined || chats.some((chat) => chat.channel.id === channel)) &&
  (source === undefined || lead.source?.externalId === source)
