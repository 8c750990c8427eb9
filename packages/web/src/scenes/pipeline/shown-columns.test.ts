import type { LeadCard, PipelineStage } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import type { BoardData } from '../../data/board/board-data.ts'
import { toShownColumns } from './shown-columns.ts'

const stages = [{ id: 1 }, { id: 2 }] as unknown as PipelineStage[]
const aCard = (id: number) => ({ lead: { id } }) as unknown as LeadCard
const data = {
  counts: {},
  columns: { 1: { cards: [aCard(11), aCard(12)], next: null }, 2: { cards: [aCard(21)], next: 'key' } },
  partial: [],
} as unknown as BoardData
const shown = (stageId: number, index: number) =>
  toShownColumns(stages, data, { lead: { id: 11 } as never, at: { stageId: stageId as never, index } }).map(
    ({ cards }) => cards.map(({ lead }) => lead.id),
  )

test('a card that is picked up lies where it would be put down', () => {
  expect(shown(1, 1)).toEqual([[12, 11], [21]])
  expect(shown(2, 0)).toEqual([[12], [11, 21]])
  expect(shown(2, 9)).toEqual([[12], [21, 11]])
})

test('without one the columns are what is held', () => {
  const columns = toShownColumns(stages, data, null)
  expect(columns[0]!.cards).toBe(data.columns[1 as never]!.cards)
  expect(columns.map(({ hasMore }) => hasMore)).toEqual([false, true])
})
