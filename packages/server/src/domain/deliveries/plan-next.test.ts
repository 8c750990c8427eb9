import { describe, expect, test } from 'vitest'
import { type AttemptOutcome, describeFailure, planNext, RETRY_DELAYS_MS, SEND_ONCE } from './plan-next.ts'

const answered = (status: number, retryAfterMs?: number): AttemptOutcome => ({
  kind: 'answered',
  status,
  reply: '',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})
const failed = (reason: string): AttemptOutcome => ({ kind: 'failed', cause: 'other', reason })
const refusedAddress: AttemptOutcome = { kind: 'refused_address', reason: 'its address is not on the public Internet' }
const MIDDLE = 0.5

describe('after a first try', () => {
  test.each([
    ['200', answered(200), 'finish'],
    ['204', answered(204), 'finish'],
    ['299', answered(299), 'finish'],
    ['301', answered(301), 'give_up'],
    ['304', answered(304), 'give_up'],
    ['400', answered(400), 'give_up'],
    ['404', answered(404), 'give_up'],
    ['408', answered(408), 'retry'],
    ['410', answered(410), 'give_up'],
    ['429', answered(429), 'retry'],
    ['499', answered(499), 'give_up'],
    ['500', answered(500), 'retry'],
    ['599', answered(599), 'retry'],
    ['no connection', failed('connection refused'), 'retry'],
    ['a closed address', refusedAddress, 'give_up'],
  ])('%s', (_, outcome, expected) => expect(planNext(outcome, 0, RETRY_DELAYS_MS, MIDDLE).do).toBe(expected))
})

test('the schedule: 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 5 h, 10 h, then no more', () => {
  const waits = Array.from({ length: 9 }, (_, failures) => planNext(answered(500), failures, RETRY_DELAYS_MS, MIDDLE))
  const seconds = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000]
  expect(waits).toEqual([...seconds.map((s) => ({ do: 'retry', afterMs: s * 1000 })), { do: 'give_up' }])
})

test('a channel that wants one try gets one', () => {
  expect(planNext(answered(500), 0, SEND_ONCE, MIDDLE)).toEqual({ do: 'give_up' })
  expect(planNext(answered(200), 0, SEND_ONCE, MIDDLE)).toEqual({ do: 'finish' })
})

describe('how long', () => {
  test.each([
    ['20 % less', answered(500), 0, 4000],
    ['as planned', answered(500), 0.5, 5000],
    ['20 % more', answered(500), 1, 6000],
    ['asked for less than the step', answered(429, 1000), 0.5, 5000],
    ['asked for more', answered(429, 8000), 0, 8000],
    ['asked for far too much: twice the step', answered(503, 86_400_000), 0.5, 10_000],
  ])('%s', (_, outcome, random, afterMs) => {
    expect(planNext(outcome, 0, RETRY_DELAYS_MS, random)).toEqual({ do: 'retry', afterMs })
  })
})

describe('what a manager reads', () => {
  test.each([
    [answered(500), 'Harbor Chat answered 500'],
    [failed('no answer within 10 s'), 'Harbor Chat did not answer within 10 s'],
    [failed('certificate expired'), 'Harbor Chat could not be reached: certificate expired'],
    [refusedAddress, 'Harbor Chat could not be reached: its address is not on the public Internet'],
  ])('%j', (outcome, expected) => expect(describeFailure(outcome, 'Harbor Chat')).toBe(expected))
})
