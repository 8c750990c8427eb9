import type { CustomField, FieldId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { afterIdOf } from './field-types.ts'

test('a field that is moved stands behind the one before its new place', () => {
  const [a, b, c] = [11, 12, 13].map((id) => ({ id: id as FieldId }) as CustomField)
  const visible = [a!, b!, c!]
  expect(afterIdOf(visible, c!, 0)).toBe(0)
  expect(afterIdOf(visible, a!, 1)).toBe(12)
  expect(afterIdOf(visible, a!, 2)).toBe(13)
  expect(afterIdOf(visible, b!, 2)).toBe(13)
})
