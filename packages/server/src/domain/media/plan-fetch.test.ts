import { describe, expect, test } from 'vitest'
import { describeFailure, describeSize, type FailedDownload, planFetch } from './plan-fetch.ts'

const host = 'harbor.example'
const answered = (status: number, retryAfterMs?: number): FailedDownload =>
  retryAfterMs === undefined ? { kind: 'answered', host, status } : { kind: 'answered', host, status, retryAfterMs }
const failed: FailedDownload = { kind: 'failed', host, cause: 'refused', reason: 'connection refused' }

describe('a link that could not be copied', () => {
  test.each([
    [1, 10_000],
    [2, 60_000],
    [3, 600_000],
    [4, 3_600_000],
  ])('after its try number %i is tried again in %i ms', (attempts, afterMs) => {
    expect(planFetch(attempts, failed)).toEqual({ do: 'retry', afterMs })
    expect(planFetch(attempts)).toEqual({ do: 'retry', afterMs })
  })

  test('after its fifth is given up', () => {
    expect(planFetch(5, failed)).toEqual({ do: 'give_up' })
  })

  test.each([400, 401, 403, 404, 405, 410, 451, 302])('is given up at once when the answer is %i', (status) => {
    expect(planFetch(1, answered(status))).toEqual({ do: 'give_up' })
  })

  test.each([408, 425, 429, 500, 502, 503])('is tried again when the answer is %i', (status) => {
    expect(planFetch(1, answered(status)).do).toBe('retry')
  })

  test('waits as long as it is asked to, within an hour', () => {
    expect(planFetch(1, answered(429, 30_000))).toEqual({ do: 'retry', afterMs: 30_000 })
    expect(planFetch(1, answered(429, 1000))).toEqual({ do: 'retry', afterMs: 10_000 })
    expect(planFetch(1, answered(503, 99_000_000))).toEqual({ do: 'retry', afterMs: 3_600_000 })
  })

  test.each<[FailedDownload, string]>([
    [answered(404), 'harbor.example answered 404'],
    [{ kind: 'too_large' }, 'it is larger than 100 MB'],
    [{ kind: 'empty', host }, 'harbor.example sent an empty file'],
    [{ kind: 'too_many_redirects', host }, 'harbor.example redirects too often'],
    [failed, 'harbor.example cannot be reached: connection refused'],
  ])('%o says why', (outcome, words) => {
    expect(describeFailure(outcome, 100 * 1024 * 1024)).toBe(words)
  })
})

test.each([
  [100, '1 KB'],
  [2048, '2 KB'],
  [1024 * 1024, '1 MB'],
  [104_857_600, '100 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(describeSize(bytes)).toBe(words)
})
