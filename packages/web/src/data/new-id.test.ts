import { expect, test } from 'vitest'
import { newMessageId } from './new-id.ts'

test('an id is a UUID v7 that carries its time', () => {
  const id = newMessageId(Date.UTC(2026, 10, 20, 14, 26))
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 20, 14, 26))
})

test('later ids sort later, and no two are equal', () => {
  expect(newMessageId(1_000) < newMessageId(1_001)).toBe(true)
  expect(newMessageId(1_000)).not.toBe(newMessageId(1_000))
})
