import type { Lead, LeadCard, Pipeline } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { planDrop, rankBetween } from './plan-drop.ts'

const pipeline = { id: 1, name: 'Sales', stages: [{ id: 11, kind: 'open' }] } as unknown as Pipeline
const aCard = (id: number, rank: number) => ({ lead: { id, rank } }) as unknown as LeadCard
const cards = [aCard(3, 30), aCard(2, 20), aCard(1, 10)]
const drop = (id: number, index: number) => {
  const lead = cards.find((card) => card.lead.id === id)?.lead ?? ({ id } as Lead)
  const move = planDrop(pipeline, lead, { stageId: 11 as never, index }, cards)
  return move && [move.place, move.rank]
}

describe('a card that is dropped', () => {
  test.each([
    ['between two others', 9, 1, [{ below: 3, above: 2 }, 25]],
    ['under the last', 9, 3, [{ below: 1 }, 10 - 1024]],
    ['further down in its own stage', 3, 1, [{ below: 2, above: 1 }, 15]],
    ['further up in its own stage', 1, 1, [{ below: 3, above: 2 }, 25]],
  ])('%s lands there', (_, id, index, expected) => {
    expect(drop(id, index)).toEqual(expected)
  })

  test.each([
    ['where it lies', 2, 1],
    ['on top, where it lies', 3, 0],
  ])('%s stays', (_, id, index) => {
    expect(drop(id, index)).toBeUndefined()
  })

  test('on top of all is above what is there, whatever its rank', () => {
    const high = Date.now() * 1024 * 2
    expect(rankBetween(undefined, high)).toBe(high + 1024)
    expect(drop(9, 0)?.[0]).toEqual({ above: 3 })
  })

  test('in a stage that is not there goes nowhere', () => {
    expect(planDrop(pipeline, cards[0]!.lead, { stageId: 12 as never, index: 0 }, [])).toBeUndefined()
  })
})
