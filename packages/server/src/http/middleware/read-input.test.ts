import { expect, test } from 'vitest'
import { z } from 'zod'
import { readInput } from './read-input.ts'

const schema = z.strictObject({
  name: z.string().min(1).max(5),
  code: z.string().min(3).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  share: z.number().gt(0).lt(1).optional(),
  list: z.array(z.int()).min(1).max(2).optional(),
  view: z.union([z.enum(['open', 'all']), z.int()]).optional(),
  on: z.boolean().optional(),
  act: z
    .discriminatedUnion('type', [z.object({ type: z.literal('close') }), z.object({ type: z.literal('read') })])
    .optional(),
  id: z.uuid().optional(),
  at: z.iso.datetime().optional(),
  mail: z.email('is nobody’s').optional(),
  text: z.string().regex(/^a/).optional(),
  none: z.record(z.string(), z.number()).nullable().optional(),
})

const sayOf = (input: unknown) => {
  try {
    readInput(schema, input)
  } catch (error) {
    return (error as Error).message
  }
}

test.each([
  [undefined, 'name: is missing'],
  [{}, 'name: is missing'],
  [{ name: null }, 'name: must be a text'],
  [{ name: '' }, 'name: must not be empty'],
  [{ name: 'abcdef' }, 'name: must not be longer than 5 characters'],
  [{ name: 'a', code: 'ab' }, 'code: must not be shorter than 3 characters'],
  [{ name: 'a', limit: '0' }, 'limit: must be at least 1'],
  [{ name: 'a', limit: '101' }, 'limit: must be at most 100'],
  [{ name: 'a', limit: 'many' }, 'limit: must be a number'],
  [{ name: 'a', limit: '1.5' }, 'limit: must be a whole number'],
  [{ name: 'a', share: 0 }, 'share: must be more than 0'],
  [{ name: 'a', share: 1 }, 'share: must be less than 1'],
  [{ name: 'a', list: [] }, 'list: must not be empty'],
  [{ name: 'a', list: [1, 2, 3] }, 'list: must not have more than 2 entries'],
  [{ name: 'a', list: [1, 'x'] }, 'list.1: must be a number'],
  [{ name: 'a', list: {} }, 'list: must be a list'],
  [{ name: 'a', view: 'closed' }, 'view: must be open or all, or must be a number'],
  [{ name: 'a', on: 'yes' }, 'on: must be true or false'],
  [{ name: 'a', act: {} }, 'act.type: is missing'],
  [{ name: 'a', act: { type: 'eat' } }, 'act.type: must be close or read'],
  [{ name: 'a', act: 'close' }, 'act: must be an object'],
  [{ name: 'a', id: '7' }, 'id: is not an id (a UUID)'],
  [{ name: 'a', at: 'noon' }, 'at: is not a time like 2026-03-03T10:15:30Z'],
  [{ name: 'a', mail: 'x' }, 'mail: is nobody’s'],
  [{ name: 'a', text: 'b' }, 'text: is not written as it must be'],
  [{ name: 'a', none: 7 }, 'none: must be an object'],
  [{ name: 'a', more: 1, most: 2 }, 'there is no field more and most'],
  [[], 'must be an object'],
])('of %j it says what is wrong with which field: %s', (input, said) => {
  expect(sayOf(input)).toBe(said)
})
