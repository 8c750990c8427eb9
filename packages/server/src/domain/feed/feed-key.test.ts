import { expect, test } from 'vitest'
import { beforeIn, compareKeys, type FeedKey, RANKS, readFeedKey, writeFeedKey } from './feed-key.ts'

const key = (at: number, rank: number, id: string): FeedKey => ({ at, rank, id })

test('newest first, then by rank, then by id, numbers as numbers', () => {
  const sorted = [key(1, 0, '9'), key(2, 0, '1'), key(1, 0, '10'), key(1, 4, 'a'), key(1, 1, '1')].sort(compareKeys)
  expect(sorted).toEqual([key(2, 0, '1'), key(1, 4, 'a'), key(1, 1, '1'), key(1, 0, '10'), key(1, 0, '9')])
})

test('a source of a lower rank goes on at the very moment, one of a higher rank behind it', () => {
  const at = key(5, RANKS.taskMade, '7')
  expect(beforeIn('change', at)).toEqual({ at: 5, all: true, id: null })
  expect(beforeIn('taskMade', at)).toEqual({ at: 5, all: false, id: '7' })
  expect(beforeIn('message', at)).toEqual({ at: 5, all: false, id: null })
})

test('what was written is read', () => {
  const written = key(1_764_500_000_000, RANKS.message, '01939c2e-0000-7000-8000-000000000000')
  expect(readFeedKey(writeFeedKey(written))).toEqual(written)
  expect(() => readFeedKey('bm8')).toThrow('before')
})
