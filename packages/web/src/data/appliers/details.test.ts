import type { Chat, ChatDetails, Lead, LeadId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { applyToDetails } from './details.ts'

const LEAD = 7 as LeadId
const chat = (lead: Partial<Chat['lead']>, more: Partial<Chat> = {}) =>
  ({ id: 'chat', unread: 0, lead, ...more }) as Chat
const lead = (more: Partial<Lead> = {}) => ({ id: LEAD, title: 'Bike', isIncoming: true, ...more }) as Lead
const held = (): ChatDetails => ({ chat: chat({ id: LEAD, title: 'Bike', isIncoming: true }), lead: lead(), seq: 1 })

test('the chat and the lead are replaced by what an event carries', () => {
  const details = applyToDetails(held(), [
    { seq: 2, type: 'lead.accepted', chat: chat(held().chat.lead, { unread: 3 }), lead: lead({ isIncoming: false }) },
  ])
  expect(details.chat.unread).toBe(3)
  expect(details.lead?.isIncoming).toBe(false)
})

test('a declined lead is gone from both', () => {
  const details = applyToDetails(held(), [{ seq: 2, type: 'lead.declined', removedLeadId: LEAD }])
  expect(details.lead).toBeNull()
  expect(details.chat.lead).toBeNull()
})

test('a chat that went on to another lead does not show the old one', () => {
  const next = { id: 8 as LeadId, title: 'Second', isIncoming: true }
  const moved = applyToDetails(held(), [{ seq: 2, type: 'message.received', chat: chat(next) }])
  expect(moved.lead).toBeNull()
  const told = applyToDetails(moved, [{ seq: 3, type: 'lead.created', lead: lead({ id: next.id }) }])
  expect(told.lead?.id).toBe(8)
})

test('events about others change nothing', () => {
  const details = held()
  expect(applyToDetails(details, [{ seq: 2, type: 'chat.read', chat: { ...chat(null), id: 'other' } as Chat }])).toBe(
    details,
  )
})
