import type { IncomingCard, LeadId, RealtimeEvent } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { applyToIncoming, type IncomingData, putIncoming } from './incoming-data.ts'

const aCard = (id: number, isIncoming = true) =>
  ({
    lead: { id, isIncoming, source: null },
    chats: [],
    duplicate: null,
    firstMessage: null,
  }) as unknown as IncomingCard
const aList = (...ids: number[]): IncomingData => ({
  cards: ids.map((id) => aCard(id)),
  next: null,
  counts: [],
  unread: [],
})
const told = (id: number, isIncoming = true): RealtimeEvent => ({
  seq: 1,
  type: 'lead.updated',
  lead: aCard(id, isIncoming).lead,
})
const ids = ({ cards }: IncomingData) => cards.map(({ lead }) => lead.id)

test('what was decided goes, whoever decided', () => {
  const events: RealtimeEvent[] = [
    told(3, false),
    { seq: 2, type: 'lead.declined', removedLeadId: 2 as LeadId },
    { seq: 3, type: 'hidden', hiddenLeadId: 1 as LeadId },
  ]
  expect(ids(applyToIncoming(aList(4, 3, 2, 1), events))).toEqual([4])
})

test('what came is asked for, and comes where it belongs', () => {
  const list = applyToIncoming(aList(5, 1), [told(9), told(3), told(9)])
  expect(list.unread).toEqual([9, 3])
  const asked = [9, 3] as LeadId[]
  const newest = putIncoming(list, asked, [aCard(9), aCard(3)], {})
  expect([ids(newest), newest.unread]).toEqual([[9, 5, 3, 1], []])
  // Accepted before its card came.
  expect(ids(putIncoming(applyToIncoming(list, [told(9, false)]), [9 as LeadId], [aCard(9, false)], {}))).toEqual([
    5, 1,
  ])
})

test('what lies under the last page that was read comes with the next', () => {
  const oldest = { sort: 'oldest' } as const
  const list: IncomingData = { ...aList(1, 5), next: 'key', unread: [9 as LeadId] }
  expect(ids(putIncoming(list, [9 as LeadId], [aCard(9)], oldest))).toEqual([1, 5])
  expect(ids(putIncoming({ ...list, next: null }, [9 as LeadId], [aCard(9)], oldest))).toEqual([1, 5, 9])
})
