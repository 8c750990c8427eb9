import type { CardPlace, Lead, LeadCard, Pipeline, StageId } from '@parley/protocol/model'
import type { Move } from '../../data/board/decide.ts'
import { STEP, topRank } from '../../parts/lead/rank.ts'

/** What putting a lead at a place among the other cards of a stage means; undefined when it lies there already. */
export function planDrop(
  pipeline: Pipeline,
  lead: Lead,
  at: { stageId: StageId; index: number },
  cards: readonly LeadCard[],
): Move | undefined {
  const stage = pipeline.stages.find(({ id }) => id === at.stageId)
  if (!stage) return undefined
  const { index } = at
  if (index === cards.findIndex((card) => card.lead.id === lead.id)) return undefined
  const others = cards.filter((card) => card.lead.id !== lead.id)
  const upper = others[index - 1]?.lead
  const lower = others[index]?.lead
  const place: CardPlace = { ...(upper && { below: upper.id }), ...(lower && { above: lower.id }) }
  return {
    pipeline,
    stage,
    rank: rankBetween(upper?.rank, lower?.rank),
    ...(Object.keys(place).length > 0 && { place }),
  }
}

/** What the server will answer, near enough to show the card there at once. */
export function rankBetween(upper: number | undefined, lower: number | undefined): number {
  if (upper === undefined) return lower === undefined ? topRank() : Math.max(topRank(), lower + STEP)
  return lower === undefined ? upper - STEP : (upper + lower) / 2
}
