import type { LeadCard, LeadFilter, LeadId, PipelineId, RealtimeEvent, StageId } from '@parley/protocol/model'
import { type BoardData, type Column, columnOf, compareCards, isBelowWhatIsRead, NO_COUNT } from './board-data.ts'
import { goneOf, toCard, withChatOf } from './card-changes.ts'
import { matchesFilter } from './matches-filter.ts'

/** Which leads a board shows. */
export interface BoardScope {
  pipelineId: PipelineId
  filter: LeadFilter
}

/**
 * Puts what events tell into what is held of a board. Cards that did not change keep their identity, so that they need not draw
 * again. Applying an event twice changes nothing more but counts, which are read again after every change (`follow-board`).
 */
export function applyToBoard(data: BoardData, events: readonly RealtimeEvent[], scope: BoardScope): BoardData {
  const draft = new Draft(data, scope)
  for (const event of events) draft.apply(event)
  return draft.data
}

class Draft {
  data: BoardData
  readonly #scope: BoardScope
  /** In which column each known card is. */
  #stageOf: Map<LeadId, StageId> | undefined

  constructor(data: BoardData, scope: BoardScope) {
    this.data = data
    this.#scope = scope
  }

  apply(event: RealtimeEvent): void {
    const gone = goneOf(event)
    if (gone !== undefined) this.#remove(gone)
    if (event.lead) this.#put(event)
    if (event.chat || event.message) this.#changeChats(event)
  }

  #index(): Map<LeadId, StageId> {
    if (this.#stageOf) return this.#stageOf
    this.#stageOf = new Map()
    for (const [stageId, { cards }] of Object.entries(this.data.columns))
      for (const { lead } of cards) this.#stageOf.set(lead.id, Number(stageId) as StageId)
    return this.#stageOf
  }

  #find(id: LeadId): LeadCard | undefined {
    const stageId = this.#index().get(id)
    return stageId === undefined ? undefined : columnOf(this.data, stageId).cards.find(({ lead }) => lead.id === id)
  }

  #put(event: RealtimeEvent): void {
    const { lead } = event
    if (!lead) return
    const known = this.#find(lead.id)
    const card = known ? { ...known, lead, duplicate: lead.isIncoming ? known.duplicate : null } : toCard(event)
    if (!card) return
    if (lead.pipeline.id !== this.#scope.pipelineId || matchesFilter(card, this.#scope.filter) === false) {
      if (known) this.#remove(lead.id)
      return
    }
    if (known) this.#take(known)
    this.#count(lead.stage.id, known ? 1 : 0, known ? lead.price : 0)
    this.#insert(lead.stage.id, card, known === undefined)
  }

  #insert(stageId: StageId, card: LeadCard, isNew: boolean): void {
    const column = columnOf(this.data, stageId)
    if (isBelowWhatIsRead(column, card)) return
    this.#write(stageId, { ...column, cards: [...column.cards, card].sort(compareCards) })
    this.#index().set(card.lead.id, stageId)
    if (isNew) this.data = { ...this.data, partial: [...new Set([...this.data.partial, card.lead.id])] }
  }

  #remove(id: LeadId): void {
    const known = this.#find(id)
    if (known) this.#take(known)
    if (this.data.partial.includes(id))
      this.data = { ...this.data, partial: this.data.partial.filter((one) => one !== id) }
  }

  /** Out of its column, and out of its count. */
  #take({ lead }: LeadCard): void {
    const stageId = this.#index().get(lead.id)
    if (stageId === undefined) return
    const column = columnOf(this.data, stageId)
    this.#write(stageId, { ...column, cards: column.cards.filter((card) => card.lead.id !== lead.id) })
    this.#index().delete(lead.id)
    this.#count(stageId, -1, -lead.price)
  }

  #count(stageId: StageId, leads: number, total: number): void {
    if (leads === 0) return
    const before = this.data.counts[stageId] ?? NO_COUNT
    const count = { ...before, leads: Math.max(0, before.leads + leads), total: Math.max(0, before.total + total) }
    this.data = { ...this.data, counts: { ...this.data.counts, [stageId]: count } }
  }

  #changeChats(event: RealtimeEvent): void {
    for (const [stageId, column] of Object.entries(this.data.columns)) {
      const cards = column.cards.map((card) => withChatOf(card, event))
      if (cards.some((card, index) => card !== column.cards[index]))
        this.#write(Number(stageId) as StageId, { ...column, cards })
    }
  }

  #write(stageId: StageId, column: Column): void {
    this.data = { ...this.data, columns: { ...this.data.columns, [stageId]: column } }
  }
}

/** Cards as they were read in full, in the places of those that were known in part. */
export function putCards(data: BoardData, asked: readonly LeadId[], cards: readonly LeadCard[]): BoardData {
  const byId = new Map(cards.map((card) => [card.lead.id, card]))
  const columns = Object.fromEntries(
    Object.entries(data.columns).map(([stageId, column]) => {
      if (!column.cards.some(({ lead }) => byId.has(lead.id))) return [stageId, column]
      // Where the card lies is kept: an event may have moved it since.
      const put = column.cards.map((card) => {
        const full = byId.get(card.lead.id)
        return full ? { ...card, chats: full.chats, duplicate: full.duplicate } : card
      })
      return [stageId, { ...column, cards: put }]
    }),
  )
  return { ...data, columns, partial: data.partial.filter((id) => !asked.includes(id)) }
}
