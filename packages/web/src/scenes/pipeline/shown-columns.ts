import type { LeadCard, PipelineStage } from '@parley/protocol/model'
import { type BoardData, type Count, columnOf, NO_COUNT } from '../../data/board/board-data.ts'
import type { Picked } from './picked.ts'

export interface ShownColumn {
  stage: PipelineStage
  cards: readonly LeadCard[]
  count: Count
  hasMore: boolean
}

/** The columns as they are drawn: a card that is picked up lies where it would be put down. */
export function toShownColumns(
  stages: readonly PipelineStage[],
  data: BoardData,
  picked: Pick<Picked, 'lead' | 'at'> | null,
): ShownColumn[] {
  return stages.map((stage) => {
    const { cards, next } = columnOf(data, stage.id)
    return {
      stage,
      cards: picked ? carry(cards, stage, picked, data) : cards,
      count: data.counts[stage.id] ?? NO_COUNT,
      hasMore: next !== null,
    }
  })
}

function carry(
  cards: readonly LeadCard[],
  stage: PipelineStage,
  { lead, at }: Pick<Picked, 'lead' | 'at'>,
  data: BoardData,
): readonly LeadCard[] {
  const others = cards.filter((card) => card.lead.id !== lead.id)
  if (stage.id !== at.stageId) return others.length === cards.length ? cards : others
  const own = Object.values(data.columns)
    .flatMap((column) => column.cards)
    .find((card) => card.lead.id === lead.id)
  return own ? [...others.slice(0, at.index), own, ...others.slice(at.index)] : others
}
