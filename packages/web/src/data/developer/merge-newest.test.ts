import { expect, test } from 'vitest'
import { freshOf, type LogPage, mergeNewest } from './merge-newest.ts'

interface Line {
  id: string
  state: string
}
const lines = (state: string, ...ids: number[]): Line[] => ids.map((id) => ({ id: String(id).padStart(4, '0'), state }))
const page = (items: Line[], next: string | null = null): LogPage<Line> => ({ items, next })
const held = (...pages: LogPage<Line>[]) => ({ pages, pageParams: pages.map(() => null as string | null) })

test('what is new comes on top, what is known is replaced where it stands', () => {
  const merged = mergeNewest(
    held(page(lines('old', 3, 2), '0002'), page(lines('old', 1))),
    page(lines('new', 4, 3), '0003'),
  )
  expect(merged.pages.map(({ items }) => items.map(({ id, state }) => `${Number(id)} ${state}`))).toEqual([
    ['4 new', '3 new', '2 old'],
    ['1 old'],
  ])
})

test('what does not fit any more is gone, as far as the newest page reaches', () => {
  const before = held(page(lines('waiting', 5, 4, 3), '0003'), page(lines('waiting', 2, 1)))
  const ids = (newest: LogPage<Line>) =>
    mergeNewest(before, newest).pages.map(({ items }) => items.map(({ id }) => Number(id)))
  expect(ids(page(lines('waiting', 5, 2), '0002'))).toEqual([[5], [2, 1]])
  expect(ids(page(lines('waiting', 4)))).toEqual([[4], []])
})

test('with a gap between them, it begins anew', () => {
  const newest = page(lines('new', 9, 8), '8')
  expect(mergeNewest(held(page(lines('old', 3, 2))), newest).pages).toEqual([newest])
})

test('what was empty is filled', () => {
  const newest = page(lines('new', 1))
  expect(mergeNewest(held(page([])), newest).pages).toEqual([newest])
})

test('a list that grows by itself is cut, and goes on from there', () => {
  const many = Array.from({ length: 300 }, (_, index) => 300 - index)
  const [only] = mergeNewest(held(page(lines('old', ...many))), page(lines('new', 301, 300), '300')).pages
  expect([only?.items.length, only?.items[0]?.id, only?.next]).toEqual([300, '0301', '0002'])
})

test('what waits is what is not held', () => {
  expect(freshOf(held(page(lines('old', 2, 1))), page(lines('new', 4, 3, 2))).map(({ id }) => Number(id))).toEqual([
    4, 3,
  ])
})
