import { expect, test } from 'vitest'
import { MovableClock } from './movable-clock.ts'

const HOUR_MS = 3_600_000

test('a move wakes who is due by then, in order, and leaves the rest asleep', async () => {
  const clock = new MovableClock()
  const woken: string[] = []
  const late = new AbortController()
  const sleeps = [
    clock.sleep(2 * HOUR_MS).then(() => woken.push('second')),
    clock.sleep(HOUR_MS).then(() => woken.push('first')),
  ]
  const asleep = clock.sleep(100 * 24 * HOUR_MS, late.signal).then(() => woken.push('late'))
  clock.advance(3 * HOUR_MS)
  await Promise.all(sleeps)
  expect(woken).toEqual(['first', 'second'])
  late.abort()
  await asleep
  expect(clock.aheadMs).toBe(3 * HOUR_MS)
  expect(clock.now().getTime() - Date.now()).toBeGreaterThan(3 * HOUR_MS - 1000)
})

test('an aborted sleep ends at once; it never goes back', async () => {
  const clock = new MovableClock()
  const stop = new AbortController()
  const sleep = clock.sleep(HOUR_MS, stop.signal)
  stop.abort()
  await sleep
  await clock.sleep(HOUR_MS, stop.signal)
  clock.advance(-5)
  expect(clock.aheadMs).toBe(0)
})
