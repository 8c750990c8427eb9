import { beforeEach, describe, expect, test } from 'vitest'
import { TestClock } from './test-clock.ts'

const START = new Date('2026-03-03T10:15:30.000Z')
let clock: TestClock

beforeEach(() => {
  clock = new TestClock(START)
})

const elapsed = () => clock.now().getTime() - START.getTime()

describe('a clock that moves when told to', () => {
  test('stands still otherwise', async () => {
    await new Promise((resolve) => setImmediate(resolve))
    expect(clock.now()).toEqual(START)
  })

  test('wakes sleepers in the order they are due, each at its own time', async () => {
    const woken: [string, number][] = []
    const note = (name: string) => () => woken.push([name, elapsed()])
    void clock.sleep(300).then(note('late'))
    void clock.sleep(100).then(note('early'))
    void clock.sleep(301).then(note('too late'))
    await clock.advance(300)
    expect(woken).toEqual([
      ['early', 100],
      ['late', 300],
    ])
    expect(elapsed()).toBe(300)
    expect(clock.sleepers()).toEqual([new Date(START.getTime() + 301)])
  })

  test('a loop that sleeps again is woken as often as the time allows', async () => {
    let rounds = 0
    const loop = async () => {
      for (; rounds < 100; rounds++) await clock.sleep(10)
    }
    void loop()
    await clock.advance(55)
    expect(rounds).toBe(5)
  })

  test('a jump wakes a loop once, however far it goes', async () => {
    let rounds = 0
    const loop = async () => {
      for (; rounds < 100; rounds++) await clock.sleep(10)
    }
    void loop()
    await clock.jump(86_400_000)
    expect([rounds, elapsed()]).toEqual([1, 86_400_000])
  })

  test('an aborted sleep ends at once and leaves nothing behind', async () => {
    const stop = new AbortController()
    const sleep = clock.sleep(1000, stop.signal)
    stop.abort()
    await sleep
    await clock.sleep(1000, stop.signal)
    expect(clock.sleepers()).toEqual([])
  })

  test('no sleep at all needs no move', async () => {
    await clock.sleep(0)
    expect(elapsed()).toBe(0)
  })
})
