import type { Board, LeadCard, LeadId, StageId } from '@parley/protocol/model'

export interface Column {
  /** As far as they were read, in order. */
  cards: LeadCard[]
  /** Names the next page; null: these are all. */
  next: string | null
}

export interface Count {
  leads: number
  total: number
  isMore: boolean
}

export interface BoardData {
  counts: Readonly<Record<StageId, Count>>
  columns: Readonly<Record<StageId, Column>>
  /** Cards of which only the lead is known yet: their chats and duplicates are to be read. */
  partial: readonly LeadId[]
}

export const EMPTY_COLUMN: Column = { cards: [], next: null }
export const NO_COUNT: Count = { leads: 0, total: 0, isMore: false }

export const columnOf = ({ columns }: BoardData, stageId: StageId): Column => columns[stageId] ?? EMPTY_COLUMN

export function toBoardData({ counts, stages }: Board): BoardData {
  return {
    counts: Object.fromEntries(counts.map(({ stageId, leads, total, isMore }) => [stageId, { leads, total, isMore }])),
    columns: Object.fromEntries(stages.map(({ stageId, items, next }) => [stageId, { cards: items, next }])),
    partial: [],
  }
}

interface Ranked {
  lead: { rank: number; id: number }
}

/** The board's order: the highest rank on top, of equal ones the highest id. */
export const compareCards = ({ lead: a }: Ranked, { lead: b }: Ranked): number => b.rank - a.rank || b.id - a.id

/** What lies under a page is not known, so a card that belongs there comes with its page. */
export function isBelowWhatIsRead({ cards, next }: Column, card: Ranked): boolean {
  const last = cards.at(-1)
  return next !== null && last !== undefined && compareCards(card, last) > 0
}

/** A page that was read, under what is there; what both have is kept as it is. */
export function appendPage(data: BoardData, stageId: StageId, page: Column): BoardData {
  const known = new Set(Object.values(data.columns).flatMap(({ cards }) => cards.map(({ lead }) => lead.id)))
  const column = columnOf(data, stageId)
  const cards = [...column.cards, ...page.cards.filter(({ lead }) => !known.has(lead.id))].sort(compareCards)
  return { ...data, columns: { ...data.columns, [stageId]: { cards, next: page.next } } }
}
