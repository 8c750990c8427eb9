import { expect, test } from 'vitest'
import { ApiRefusal } from '../data/api.ts'
import { readFormProblem } from './form-problem.ts'

const NAMES = ['name', 'prices'] as const

const aRefusal = (message: string, field?: string) =>
  new ApiRefusal(400, { code: 'invalid_request', message, ...(field && { details: { field } }) })

test.each([
  ['name: must not be empty.', 'name', { fields: { name: 'Must not be empty.' }, rest: undefined }],
  [
    'prices.0.amount: must be a number',
    'prices.0.amount',
    { fields: { prices: 'Must be a number.' }, rest: undefined },
  ],
  ['colour: is unknown.', 'colour', { fields: {}, rest: 'Is unknown.' }],
  ['This is taken.', undefined, { fields: {}, rest: 'This is taken.' }],
])('%j about %j', (message, field, problem) => {
  expect(readFormProblem(aRefusal(message, field), NAMES)).toEqual(problem)
})

test('nothing is wrong', () => {
  expect(readFormProblem(null, NAMES)).toEqual({ fields: {}, rest: undefined })
})
