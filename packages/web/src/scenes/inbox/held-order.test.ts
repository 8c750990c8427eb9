import type { Chat } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { applyHeldOrder, holdOrder } from './held-order.ts'

const chat = (id: string, activityAt: number) => ({ id, activityAt }) as Chat
const ids = (chats: readonly Chat[]) => chats.map(({ id }) => id as string)
const loaded = [chat('c', 30), chat('b', 20), chat('a', 10)]

test('at the top the list is as it is', () => {
  expect(applyHeldOrder(loaded, null)).toEqual({ shown: loaded, waiting: 0 })
})

test('a moved and a new chat wait, with fresh content in the old places', () => {
  const now = [chat('d', 50), chat('a', 40), chat('c', 30), chat('b', 20)]
  const { shown, waiting } = applyHeldOrder(now, holdOrder(loaded))
  expect(ids(shown)).toEqual(['c', 'b', 'a'])
  expect(shown[2]?.activityAt).toBe(40)
  expect(waiting).toBe(2)
})

test('a page of older chats goes on at the end', () => {
  const { shown, waiting } = applyHeldOrder([...loaded, chat('z', 5)], holdOrder(loaded))
  expect(ids(shown)).toEqual(['c', 'b', 'a', 'z'])
  expect(waiting).toBe(0)
})
