import type { Chat, ContactId, ContactRow, Lead, LeadId, RealtimeEvent, Task, UserId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { applyToLeadDetails, type HeldDetails } from './apply-to-details.ts'

const held = {
  id: 7,
  title: 'Bike',
  contacts: [{ id: 1, name: 'Nora' }],
  chats: [{ id: 'c1', activityAt: 5 }],
  openTasks: [{ id: 1, dueAt: 50, lead: { id: 7 } }],
} as unknown as HeldDetails
const apply = (given: Partial<RealtimeEvent>) =>
  applyToLeadDetails(held, [{ seq: 2, type: 'lead.updated', ...given } as RealtimeEvent])

test('the lead is as it is now, and who changed it is known', () => {
  const lead = { id: 7, title: 'Blue bike', updatedAt: 99 } as Lead
  expect(apply({ lead, actorId: 3 as UserId })).toMatchObject({ title: 'Blue bike', changedBy: { userId: 3, at: 99 } })
  expect(apply({ lead: { ...lead, id: 8 as LeadId } })).toBe(held)
})

test('it is gone when it was deleted or is hidden', () => {
  expect(apply({ removedLeadId: 7 as LeadId })).toBeNull()
  expect(apply({ type: 'hidden', hiddenLeadId: 7 as LeadId })).toBeNull()
})

test('its people, chats and tasks follow', () => {
  expect(apply({ contact: { id: 1, name: 'Nora Lind' } as ContactRow })?.contacts).toMatchObject([
    { name: 'Nora Lind' },
  ])
  expect(apply({ removedContactId: 1 as ContactId })?.contacts).toEqual([])
  const chat = { id: 'c2', activityAt: 9, lead: { id: 7 } } as Chat
  expect(apply({ chat })?.chats.map(({ id }) => id)).toEqual(['c2', 'c1'])
  const task = { id: 2, dueAt: 10, doneAt: null, lead: { id: 7 } } as Task
  expect(apply({ task })?.openTasks.map(({ id }) => id)).toEqual([2, 1])
  expect(apply({ task: { ...task, id: 1 as Task['id'], doneAt: 5 } })?.openTasks).toEqual([])
})
