import type { ContactRow, CustomField, FieldId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { mergeLines, toChoose } from './merge-lines.ts'

const size = { id: 7 as FieldId, name: 'Size' } as CustomField
const contact = (more: Partial<ContactRow>) =>
  ({ name: 'Nora', company: null, responsible: null, fields: {}, ...more }) as ContactRow

test('what differs is to be chosen; what one leaves empty is not, and what both do is no line', () => {
  const lines = mergeLines(contact({ fields: { 7: 'M' } }), contact({ company: 'Pier', fields: { 7: 'L' } }), [size])
  expect(lines.map(({ key, isChoice }) => [key, isChoice])).toEqual([
    ['name', false],
    ['company', false],
    ['7', true],
  ])
})

test('only what was chosen against the one who stays is asked for', () => {
  const lines = mergeLines(contact({ fields: { 7: 'M' } }), contact({ name: 'N. Lind', fields: { 7: 'L' } }), [size])
  expect(toChoose(lines, { name: 'theirs', 7: 'mine' })).toEqual({ name: 'theirs' })
  expect(toChoose(lines, { 7: 'theirs' })).toEqual({ fields: { 7: 'theirs' } })
})
