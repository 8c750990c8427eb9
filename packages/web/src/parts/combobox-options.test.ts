import { describe, expect, test } from 'vitest'
import { CREATE, searchOptions } from './combobox-options.ts'

const OPTIONS = [
  { value: '1', label: 'Zoë Ångström', hint: 'Sales' },
  { value: '2', label: 'Ana Souza', hint: 'Support' },
  { value: '3', label: 'Анна', hint: '' },
]

const search = (query: string, more = {}) =>
  searchOptions(OPTIONS, { query, isFound: false, isLoading: false, canCreate: false, ...more }).map(
    ({ value }) => value,
  )

describe('what was typed', () => {
  test.each([
    ['', ['1', '2', '3']],
    ['angstrom', ['1']],
    ['sales zoe', ['1']],
    ['АНН', ['3']],
    ['nobody', []],
  ])('%j finds %j', (query, values) => {
    expect(search(query)).toEqual(values)
  })

  test('what was found elsewhere is not looked through again', () => {
    expect(search('nobody', { isFound: true })).toEqual(['1', '2', '3'])
  })

  test('something new can be created, something that exists cannot', () => {
    expect(search('Vera', { canCreate: true })).toEqual([CREATE])
    expect(search('ana souza', { canCreate: true })).toEqual(['2'])
    expect(search('  ', { canCreate: true })).toEqual(['1', '2', '3'])
  })

  test('until it was looked for, what fits of the answer before stays, and nothing is created', () => {
    expect(search('ana', { isFound: true, isLoading: true, canCreate: true })).toEqual(['2'])
    expect(search('Vera', { isFound: true, isLoading: true, canCreate: true })).toEqual([])
    expect(search('Vera', { isFound: true, canCreate: true })).toEqual(['1', '2', '3', CREATE])
  })
})
