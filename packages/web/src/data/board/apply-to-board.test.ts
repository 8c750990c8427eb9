import type { Chat, Lead, LeadCard, LeadId, PipelineId, RealtimeEvent, StageId } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { applyToBoard, putCards } from './apply-to-board.ts'
import { appendPage, type BoardData, columnOf } from './board-data.ts'

const [FIRST, SECOND] = [1, 2] as StageId[]
const PIPELINE = 7 as PipelineId
const scope = { pipelineId: PIPELINE, filter: {} }

function aLead(id: number, rank: number, more: Partial<Lead> = {}, stageId: StageId | undefined = FIRST): Lead {
  return {
    id: id as LeadId,
    title: `Lead ${id}`,
    price: 10,
    pipeline: { id: PIPELINE, name: 'Sales' },
    stage: { id: stageId!, name: 'Stage', kind: 'open', hue: 0 },
    isIncoming: false,
    responsible: null,
    contact: null,
    source: null,
    tags: [],
    createdAt: 0,
    updatedAt: 0,
    stageSince: 0,
    rank,
    lossReason: null,
    ...more,
  } as Lead
}

const aCard = (lead: Lead): LeadCard => ({ lead, chats: [], duplicate: null })
const aChat = (id: string, leadId: number, activityAt: number) =>
  ({ id, lead: { id: leadId }, activityAt, unread: 1, channel: {}, lastMessage: null }) as unknown as Chat

const three: BoardData = {
  counts: { [FIRST!]: { leads: 3, total: 30, isMore: false } },
  columns: { [FIRST!]: { cards: [aCard(aLead(1, 30)), aCard(aLead(2, 20)), aCard(aLead(3, 10))], next: null } },
  partial: [],
}

const apply = (data: BoardData, ...events: Partial<RealtimeEvent>[]) =>
  applyToBoard(
    data,
    events.map((event, index) => ({ seq: index + 1, type: 'lead.updated', ...event })),
    scope,
  )
const ids = (data: BoardData, stageId = FIRST!) => columnOf(data, stageId).cards.map(({ lead }) => lead.id)
const counts = (data: BoardData, stageId = FIRST!) => [data.counts[stageId]?.leads, data.counts[stageId]?.total]

describe('a card', () => {
  test('moves within its stage and to another one, with its count and its sum', () => {
    const within = apply(three, { lead: aLead(3, 25) })
    expect(ids(within)).toEqual([1, 3, 2])
    expect(counts(within)).toEqual([3, 30])
    const across = apply(three, { lead: aLead(2, 99, { price: 50 }, SECOND) })
    expect([ids(across), ids(across, SECOND)]).toEqual([[1, 3], [2]])
    expect([counts(across), counts(across, SECOND)]).toEqual([
      [2, 20],
      [1, 50],
    ])
  })

  test('that is told twice is there once', () => {
    const event = { lead: aLead(9, 25) }
    expect(ids(apply(three, event, event))).toEqual([1, 9, 2, 3])
  })

  test('goes when it is removed, hidden, in another pipeline or outside the filter', () => {
    expect(ids(apply(three, { removedLeadId: 2 as LeadId }))).toEqual([1, 3])
    expect(ids(apply(three, { type: 'hidden', hiddenLeadId: 2 as LeadId }))).toEqual([1, 3])
    expect(ids(apply(three, { lead: aLead(2, 20, { pipeline: { id: 8 as PipelineId, name: '' } }) }))).toEqual([1, 3])
    const cheap = { pipelineId: PIPELINE, filter: { priceTo: 10 } }
    const dear: RealtimeEvent = { seq: 1, type: 'lead.updated', lead: aLead(2, 20, { price: 11 }) }
    expect(ids(applyToBoard(three, [dear], cheap))).toEqual([1, 3])
  })

  test('that nobody has read yet is known in part until it is read', () => {
    const told = apply(three, { lead: aLead(9, 25) })
    expect(told.partial).toEqual([9])
    const full = { ...aCard(aLead(9, 1)), duplicate: { contactId: 1, name: 'Nora', evidence: 'phone', others: 0 } }
    const read = putCards(told, [9 as LeadId], [full as LeadCard])
    expect(read.partial).toEqual([])
    expect(columnOf(read, FIRST!).cards[1]).toMatchObject({ lead: { rank: 25 }, duplicate: { name: 'Nora' } })
  })

  test('under what was read waits for its page', () => {
    const open: BoardData = { ...three, columns: { [FIRST!]: { ...columnOf(three, FIRST!), next: 'key' } } }
    expect(ids(apply(open, { lead: aLead(9, 5) }))).toEqual([1, 2, 3])
    expect(ids(apply(open, { lead: aLead(9, 15) }))).toEqual([1, 2, 9, 3])
    const page = { cards: [aCard(aLead(3, 10)), aCard(aLead(9, 5))], next: null }
    expect(ids(appendPage(open, FIRST!, page))).toEqual([1, 2, 3, 9])
  })

  test('keeps its identity while others change', () => {
    const after = apply(three, { lead: aLead(3, 25) })
    expect(columnOf(after, FIRST!).cards[0]).toBe(columnOf(three, FIRST!).cards[0])
    expect(apply(three, { chat: aChat('c', 99, 1) })).toBe(three)
  })
})

test('a chat shows on its lead’s card, the last active one first, and follows to another lead', () => {
  const both = apply(three, { type: 'message.received', chat: aChat('a', 2, 1) }, { chat: aChat('b', 2, 5) })
  const chatsOf = (data: BoardData, id: number) =>
    columnOf(data, FIRST!)
      .cards.find(({ lead }) => lead.id === id)!
      .chats.map((chat) => chat.id)
  expect(chatsOf(both, 2)).toEqual(['b', 'a'])
  const moved = apply(both, { chat: aChat('b', 3, 6) })
  expect([chatsOf(moved, 2), chatsOf(moved, 3)]).toEqual([['a'], ['b']])
})
