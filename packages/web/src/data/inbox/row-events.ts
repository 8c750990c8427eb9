import type { Chat, LastMessage, Lead, Message, RealtimeEvent } from '@parley/protocol/model'

/** A message may change without its chat coming along; what a later snapshot of the chat says of it is newer. */
export function withMessageOf(chat: Chat, events: readonly RealtimeEvent[]): Chat {
  const last = chat.lastMessage
  if (!last || !events.some(({ message }) => message?.id === last.id)) return chat
  const since = events.findLastIndex((event) => event.chat?.id === chat.id)
  const message = events.findLast((event, index) => index > since && event.message?.id === last.id)?.message
  return message ? { ...chat, lastMessage: toLastMessage(message) } : chat
}

/** What a row of the inbox says of a message. */
function toLastMessage({ id, direction, author, kind, text, sentAt, status, media }: Message): LastMessage {
  const last: LastMessage = { id, direction, author, kind, text, sentAt, status }
  if (media) last.fileName = media.fileName
  if (media && media.durationMs !== null) last.durationMs = media.durationMs
  return last
}

/** A lead may change without its chat coming along. */
export function withLeadOf(chat: Chat, events: readonly RealtimeEvent[]): Chat {
  let shown = chat
  for (const { lead, removedLeadId } of events) {
    if (shown.lead === null) return shown
    if (shown.lead.id === removedLeadId) shown = { ...shown, lead: null }
    else if (lead && lead.id === shown.lead.id) shown = withLead(shown, lead)
  }
  return shown
}

function withLead(chat: Chat, lead: Lead): Chat {
  const row = toRowLead(lead)
  const isSame = chat.lead !== null && Object.entries(row).every(([name, value]) => isAlike(value, chat.lead, name))
  return isSame ? chat : { ...chat, lead: row }
}

const isAlike = (value: unknown, held: object | null, name: string) =>
  String(value) === String(held?.[name as keyof typeof held])

/** What a row of the inbox says of a lead. */
const toRowLead = ({ id, title, isIncoming, pipeline, stage, tags }: Lead): NonNullable<Chat['lead']> => ({
  id,
  title,
  isIncoming,
  pipelineId: pipeline.id,
  stageId: stage.id,
  tagIds: tags.map((tag) => tag.id).sort((a, b) => a - b),
})
