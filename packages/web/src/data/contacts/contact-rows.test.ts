import type { ContactId, ContactRow, RealtimeEvent } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { applyToPage } from './contact-rows.ts'

const row = (id: number, name: string) => ({ id: id as ContactId, name }) as ContactRow
const page = { items: [row(1, 'Ana'), row(2, 'Bea')], next: null }
const event = (more: Partial<RealtimeEvent>): RealtimeEvent => ({ seq: 1, type: 'contact.updated', ...more })

test('a row follows its contact; who is gone goes', () => {
  expect(applyToPage(page, [event({ contact: row(2, 'Bea Stone') })]).items).toEqual([
    row(1, 'Ana'),
    row(2, 'Bea Stone'),
  ])
  expect(applyToPage(page, [event({ removedContactId: 1 as ContactId })]).items).toEqual([row(2, 'Bea')])
})

test('what tells of others changes nothing', () => {
  expect(applyToPage(page, [event({ contact: row(3, 'Clara') })])).toBe(page)
})
