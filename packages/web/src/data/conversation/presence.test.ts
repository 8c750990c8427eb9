import type { ChatId, RealtimePresence, UserId } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { addVisit, dropGone, listVisitors, type Visits } from './presence.ts'

const CHAT = 'chat' as ChatId
const NOW = 1_000_000
const frame = (tab: string, id = 1, until = NOW + 50_000): RealtimePresence => ({
  type: 'presence',
  chatId: CHAT,
  user: { id: id as UserId, name: `User ${id}` },
  tab,
  until,
})
const tabs = (visits: Visits) => (visits[CHAT] ?? []).map(({ tab }) => tab)
const hear = (frames: RealtimePresence[], from: Visits = {}) =>
  frames.reduce((visits, one) => addVisit(visits, one, NOW), from)

describe('presence', () => {
  test('comes, stays in place, and goes', () => {
    const two = hear([frame('a'), frame('b', 2)])
    expect(tabs(hear([frame('a')], two))).toEqual(['a', 'b'])
    expect(tabs(hear([frame('a', 1, 0)], two))).toEqual(['b'])
    expect(hear([frame('b', 2, 0)], hear([frame('a', 1, 0)], two))).toEqual({})
  })

  test('of somebody unknown who goes changes nothing', () => {
    const one = hear([frame('a')])
    expect(addVisit(one, frame('x', 3, 0), NOW)).toBe(one)
  })

  test('is believed for a minute at most, and for a moment at least, whatever the clocks say', () => {
    const far = hear([frame('a', 1, NOW + 3_600_000)])
    expect(dropGone(far, NOW + 59_999)).toBe(far)
    expect(dropGone(far, NOW + 60_000)).toEqual({})
    const late = hear([frame('a', 1, NOW - 3_600_000)])
    expect(dropGone(late, NOW + 4_999)).toBe(late)
  })

  test('names each person once', () => {
    expect(listVisitors(hear([frame('a'), frame('b', 2), frame('c')])[CHAT] ?? [])).toEqual([
      { id: 1, name: 'User 1' },
      { id: 2, name: 'User 2' },
    ])
  })
})
