import { TestClock } from '@parley/testkit'
import { beforeEach, describe, expect, test } from 'vitest'
import { createLogInLimiter, type LogInLimiter } from './log-in-limiter.ts'

const MINUTE_MS = 60_000

let clock: TestClock
let limiter: LogInLimiter

beforeEach(() => {
  clock = new TestClock()
  limiter = createLogInLimiter(clock, { perEmail: 3, perAddress: 5, remembered: 4 })
})

const fail = (email: string, address = '192.0.2.1') =>
  limiter.guard({ email, address }, () => Promise.reject(new Error('wrong'))).catch((error: Error) => error)
const succeed = (email: string, address = '192.0.2.1') =>
  limiter.guard({ email, address }, async () => 'in').catch((error: Error) => error)

async function failTimes(times: number, email: string, address?: string) {
  for (let time = 0; time < times; time++) await fail(email, address)
}

describe('attempts to log in', () => {
  test('too many for one e-mail, from anywhere, in any spelling', async () => {
    await failTimes(2, 'ana@example.net', '192.0.2.1')
    await fail('ANA@example.net ', '192.0.2.2')
    expect(await succeed('ana@example.net', '192.0.2.3')).toMatchObject({
      code: 'too_many_attempts',
      details: { retryAfterSeconds: 600 },
    })
    expect(await succeed('max@example.net', '192.0.2.3')).toBe('in')
  })

  test('too many from one address, whomever they try', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await fail(`${name}@example.net`)
    expect(await succeed('f@example.net')).toMatchObject({ code: 'too_many_attempts' })
    expect(await succeed('f@example.net', '192.0.2.9')).toBe('in')
  })

  test('the window slides: each attempt counts for ten minutes', async () => {
    await fail('ana@example.net')
    await clock.advance(4 * MINUTE_MS)
    await failTimes(2, 'ana@example.net')
    expect(await succeed('ana@example.net')).toMatchObject({ details: { retryAfterSeconds: 360 } })
    await clock.advance(6 * MINUTE_MS)
    await fail('ana@example.net')
    expect(await succeed('ana@example.net')).toMatchObject({ details: { retryAfterSeconds: 240 } })
  })

  test('a refused one does not lengthen the wait', async () => {
    await failTimes(3, 'ana@example.net')
    await clock.advance(9 * MINUTE_MS)
    await failTimes(20, 'ana@example.net')
    await clock.advance(MINUTE_MS)
    expect(await succeed('ana@example.net')).toBe('in')
  })

  test('the right password wipes the slate of the e-mail, and costs the address nothing', async () => {
    await failTimes(2, 'ana@example.net')
    expect(await succeed('ana@example.net')).toBe('in')
    await failTimes(2, 'ana@example.net')
    expect(await succeed('ana@example.net')).toBe('in')
    await fail('max@example.net')
    expect(await succeed('max@example.net')).toMatchObject({ code: 'too_many_attempts' }) // 2 + 2 + 1 from this address
  })

  test('many at once do not slip through', async () => {
    let guesses = 0
    const guess = () =>
      limiter
        .guard({ email: 'ana@example.net', address: '192.0.2.1' }, async () => {
          guesses += 1
          await new Promise((resolve) => setImmediate(resolve))
          throw new Error('wrong')
        })
        .catch(() => undefined)
    await Promise.all(Array.from({ length: 50 }, guess))
    expect(guesses).toBe(3)
  })

  test('remembers a bounded number of names, the latest', async () => {
    await failTimes(3, 'ana@example.net', '192.0.2.1')
    for (const name of ['a', 'b', 'c', 'd']) await fail(`${name}@example.net`, '192.0.2.2')
    expect(await succeed('ana@example.net', '192.0.2.3')).toBe('in')
    await failTimes(3, 'ana@example.net', '192.0.2.3')
    await fail('a@example.net', '192.0.2.4')
    expect(await succeed('ana@example.net', '192.0.2.4')).toMatchObject({ code: 'too_many_attempts' })
  })
})
