import type { ChatDetails, RealtimeEvent } from '@parley/protocol/model'

/** Puts what the events tell of one opened chat and its lead into what is held of them. */
export function applyToDetails(details: ChatDetails, events: readonly RealtimeEvent[]): ChatDetails {
  return events.reduce(applyOne, details)
}

function applyOne(details: ChatDetails, event: RealtimeEvent): ChatDetails {
  let { chat, lead } = details
  if (event.chat?.id === chat.id) chat = event.chat
  if (event.removedLeadId !== undefined) {
    if (lead?.id === event.removedLeadId) lead = null
    if (chat.lead?.id === event.removedLeadId) chat = { ...chat, lead: null }
  }
  if (event.lead && (event.lead.id === chat.lead?.id || event.lead.id === lead?.id)) lead = event.lead
  // The chat may have moved on to a lead this event does not carry: better none than another's.
  if (lead && chat.lead?.id !== lead.id) lead = null
  return chat === details.chat && lead === details.lead ? details : { ...details, chat, lead }
}
