import { expect, test } from 'vitest'
import { idsText, readBoardSearch, toFilter } from './board-search.ts'

test('an address becomes a filter', () => {
  const search = readBoardSearch({
    view: 'list',
    responsible: '12,none',
    tag: 501,
    source: 4670,
    from: '2026-11-20',
    to: '2026-11-20',
    min: 0,
    q: 'omar',
    sort: 'price',
  })
  expect(search).toMatchObject({ view: 'list', sort: 'price' })
  expect(toFilter(search)).toEqual({
    responsible: [12, null],
    tag: [501],
    source: '4670',
    createdFrom: new Date(2026, 10, 20).getTime(),
    createdTo: new Date(2026, 10, 21).getTime(),
    priceFrom: 0,
    q: 'omar',
  })
})

test('what makes no sense is left out', () => {
  const raw = {
    view: 'cards',
    responsible: 'me',
    tag: '1,,2',
    from: 'today',
    min: -1,
    max: 1.5,
    sort: 'age',
    lead: 'x',
    q: '',
  }
  expect(readBoardSearch(raw)).toEqual({})
})

test('ids become text that an address shows without quotes', () => {
  expect([idsText([]), idsText([12]), idsText([12, null])]).toEqual([undefined, 12, '12,none'])
})
