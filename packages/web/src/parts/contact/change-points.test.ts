import type { ContactPoint } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { addPoint, changePoint, makeFirst, removePoint } from './change-points.ts'

const work: ContactPoint = { kind: 'phone', value: '+46 1', label: 'work' }
const home: ContactPoint = { kind: 'phone', value: '+46 2', label: null }
const mail: ContactPoint = { kind: 'email', value: 'a@example.net', label: null }

test('a phone comes behind the phones, and before the e-mails', () => {
  expect(addPoint([work, mail], home)).toEqual([work, home, mail])
})

test('the main one stands first of its kind', () => {
  expect(makeFirst([work, home, mail], home)).toEqual([home, work, mail])
})

test('one is changed or removed, the others stay', () => {
  expect(changePoint([work, home], home, { label: 'home' })).toEqual([work, { ...home, label: 'home' }])
  expect(removePoint([work, home, mail], work)).toEqual([home, mail])
})
