import { createSecretKey } from 'node:crypto'
import type { ChannelId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { systemClock } from '../../lib/clock.ts'
import { type HeardRequest, RequestLog } from './request-log.ts'

const at = new Date(0)
const CHANNEL = 'c1' as ChannelId

const heard = (body: Buffer): HeardRequest => ({
  channel: { id: CHANNEL, key: createSecretKey('s', 'utf8'), previous: undefined, ownerAccountId: null },
  accountId: null,
  at,
  requestId: '',
  method: 'POST',
  path: '/',
  status: 200,
  durationMs: 1,
  rawHeaders: [],
  body,
  answerHeaders: {},
  answer: '',
})

function aLog() {
  let ms = 0
  const log = new RequestLog({ ...systemClock, now: () => new Date(ms) })
  return { log, nextSecond: () => (ms += 1000) }
}

test('nobody writes for an hour: what waits is bounded, and what was left out is said by the next', () => {
  const { log, nextSecond } = aLog()
  const megabyte = Buffer.alloc(1024 * 1024)
  for (let n = 0; n < 10_000; n += 1) {
    if (n % 10 === 0) nextSecond()
    log.take(CHANNEL, n % 2 === 0, () => heard(megabyte))
  }
  expect(log.waitingBytes).toBeLessThanOrEqual(16 * 1024 * 1024 + 16 * 1024)
  const kept = log.drain()
  for (const { body, bodySize } of kept) {
    // A copy of the beginning, not a look into the whole.
    expect([body.length, body.buffer.byteLength < 100_000, bodySize]).toEqual([16 * 1024, true, 1024 * 1024])
  }
  log.take(CHANNEL, false, () => heard(megabyte))
  const [next] = log.drain()
  expect(next).toMatchObject({ leftOut: 10_000 - kept.length, leftOutRefused: (10_000 - kept.length) / 2 })
})

test('what is not kept is not even made', () => {
  const { log } = aLog()
  let made = 0
  for (let n = 0; n < 69; n += 1) {
    log.take(CHANNEL, false, () => {
      made += 1
      return heard(Buffer.alloc(0))
    })
  }
  expect(made).toBe(20)
})

test('whoever writes is woken once for all that waits', () => {
  const { log } = aLog()
  let woken = 0
  log.onArrival(() => {
    woken += 1
  })
  for (let n = 0; n < 3; n += 1) log.take(CHANNEL, false, () => heard(Buffer.alloc(0)))
  expect([woken, log.drain().length]).toEqual([1, 3])
  log.take(CHANNEL, false, () => heard(Buffer.alloc(0)))
  expect(woken).toBe(2)
})
