import type { Lead, LeadCard, LeadFilter } from '@parley/protocol/model'

/** Whether a lead passes a filter; undefined when what is known of it does not tell. */
export function matchesFilter(
  { lead, chats }: Pick<LeadCard, 'lead' | 'chats'>,
  filter: LeadFilter,
): boolean | undefined {
  const { responsible, tag, stage, channel, source } = filter
  if (responsible && !responsible.includes(lead.responsible?.id ?? null)) return false
  if (tag && !lead.tags.some(({ id }) => tag.includes(id))) return false
  if (stage && !stage.includes(lead.stage.id)) return false
  if (source !== undefined && lead.source?.externalId !== source) return false
  if (!isInRange(lead.createdAt, filter.createdFrom, filter.createdTo && filter.createdTo - 1)) return false
  if (!isInRange(lead.price, filter.priceFrom, filter.priceTo)) return false
  if (filter.noTask && lead.nextTask !== null) return false
  if (filter.q !== undefined && !holds(lead, filter.q)) return false
  if (channel === undefined) return true
  if (lead.source === null) return false
  const own = chats.find((chat) => chat.channel.code === lead.source?.channelCode)
  return own ? own.channel.id === channel : undefined
}

const isInRange = (value: number, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) =>
  value >= from && value <= to

function holds({ title, contact }: Lead, q: string): boolean {
  const wanted = q.toLowerCase()
  const digits = q.replaceAll(/\D/g, '')
  const texts = [title, contact?.name, contact?.email]
  if (texts.some((text) => text?.toLowerCase().includes(wanted))) return true
  return digits.length >= 4 && (contact?.phone?.replaceAll(/\D/g, '').includes(digits) ?? false)
}
