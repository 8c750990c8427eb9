import { expect, test } from 'vitest'
import { readContactSearch, toContactWish } from './contact-search.ts'

test('an address is read as far as it makes sense', () => {
  const raw = { q: 'ana', sort: 'size', responsible: 'none', tag: -1, phone: 'maybe', email: 'no', company: 1984 }
  expect(readContactSearch(raw)).toEqual({ q: 'ana', responsible: 'none', email: 'no', company: 1984 })
})

test('what the server is asked has an order in any case', () => {
  expect(toContactWish({})).toEqual({ sort: 'activity' })
  expect(toContactWish({ q: 912, company: 1984, sort: 'name' })).toEqual({ sort: 'name', q: '912', company: '1984' })
})
