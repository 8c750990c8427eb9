import type { RealtimeEvent } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { admit, eventsAfter, remember } from './recent-events.ts'

const event = (seq: number): RealtimeEvent => ({ seq, type: 'chat.read' })

describe('admit', () => {
  test('takes what follows, though numbers the user may not see are missing', () => {
    expect(admit(5, { prevSeq: 5, seq: 9, frames: [event(7), event(9)] })).toEqual({
      kind: 'events',
      seq: 9,
      events: [event(7), event(9)],
    })
  })

  test('drops what was applied before', () => {
    expect(admit(7, { prevSeq: 5, seq: 9, frames: [event(7), event(9)] })).toMatchObject({ events: [event(9)] })
    expect(admit(9, { prevSeq: 5, seq: 9, frames: [event(7), event(9)] })).toEqual({ kind: 'nothing' })
  })

  test('sees that a batch was missed', () => {
    expect(admit(5, { prevSeq: 6, seq: 9, frames: [event(9)] })).toEqual({ kind: 'gap' })
  })

  test('a reset outweighs a gap, and keeps only what came after it', () => {
    const frames = [event(3), { type: 'reset' as const, seq: 40 }, event(41)]
    expect(admit(5, { prevSeq: 39, seq: 41, frames })).toEqual({
      kind: 'reset',
      since: 40,
      seq: 41,
      events: [event(41)],
    })
  })
})

describe('recent events', () => {
  test('keeps the latest, and says when older ones are gone', () => {
    const recent = remember({ since: 10, events: [] }, [event(11), event(13), event(14)], 2)
    expect(recent).toEqual({ since: 11, events: [event(13), event(14)] })
    expect(eventsAfter(recent, 13)).toEqual([event(14)])
    expect(eventsAfter(recent, 11)).toEqual([event(13), event(14)])
    expect(eventsAfter(recent, 10)).toBeUndefined()
  })
})
