import type { ChatId } from '@parley/protocol/model'
import { beforeEach, expect, test } from 'vitest'
import { clearSelection, countPicked, isPicked, pickRange, selectAll, togglePicked, useSelection } from './selection.ts'

const LIST = 'list'
const order = [...'abcdef'] as ChatId[]
const id = (name: string) => name as ChatId
const now = () => useSelection.getState()
const picked = () => order.filter((one) => isPicked(now(), one)).join('')

beforeEach(clearSelection)

test('one by one, and off again', () => {
  togglePicked(LIST, id('b'))
  togglePicked(LIST, id('d'))
  expect(picked()).toBe('bd')
  togglePicked(LIST, id('b'))
  togglePicked(LIST, id('d'))
  expect(now().listKey).toBe('')
})

test('a range goes from the last one picked, either way', () => {
  togglePicked(LIST, id('d'))
  pickRange(LIST, id('b'), order)
  expect(picked()).toBe('bcd')
  pickRange(LIST, id('c'), order)
  expect(picked()).toBe('bcd')
})

test('all that match, but some', () => {
  selectAll(LIST)
  togglePicked(LIST, id('c'))
  expect(picked()).toBe('abdef')
  expect(countPicked(now(), 312)).toBe(311)
  pickRange(LIST, id('a'), order)
  expect(picked()).toBe('abcdef')
})

test('another list begins with nothing', () => {
  togglePicked(LIST, id('a'))
  togglePicked('other', id('b'))
  expect(picked()).toBe('b')
})
