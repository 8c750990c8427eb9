import type { CardPage, LeadFilter, PipelineId, RealtimeEvent } from '@parley/protocol/model'
import type { InfiniteData } from '@tanstack/react-query'
import type { PageKey } from '../endpoints.ts'
import { goneOf, withChatOf } from './card-changes.ts'
import { matchesFilter } from './matches-filter.ts'

export type LeadsData = InfiniteData<CardPage, PageKey>

/** Changes the rows that are held; they keep their places while somebody reads. */
export function applyToLeads(
  data: LeadsData,
  events: readonly RealtimeEvent[],
  scope: { pipelineId: PipelineId; filter: LeadFilter },
): LeadsData {
  let isSame = true
  const pages = data.pages.map((page) => {
    const items = page.items.flatMap((card) => {
      let shown = card
      for (const event of events) {
        if (goneOf(event) === card.lead.id) return []
        if (event.lead?.id === card.lead.id) shown = { ...shown, lead: event.lead }
        shown = withChatOf(shown, event)
      }
      const isOut = shown !== card && shown.lead.pipeline.id !== scope.pipelineId
      return isOut || (shown !== card && matchesFilter(shown, scope.filter) === false) ? [] : [shown]
    })
    if (items.length === page.items.length && items.every((card, index) => card === page.items[index])) return page
    isSame = false
    return { ...page, items }
  })
  return isSame ? data : { ...data, pages }
}

/** Whether events tell of a lead that belongs in the list and is not in it: then it is read again. */
export function isLeadMissing(
  data: LeadsData,
  events: readonly RealtimeEvent[],
  { pipelineId, filter }: { pipelineId: PipelineId; filter: LeadFilter },
): boolean {
  const held = new Set(data.pages.flatMap((page) => page.items.map(({ lead }) => lead.id)))
  return events.some(
    ({ lead }) =>
      lead &&
      lead.pipeline.id === pipelineId &&
      !held.has(lead.id) &&
      matchesFilter({ lead, chats: [] }, filter) !== false,
  )
}
