import type { ChannelId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { EndpointLimits } from './endpoint-limits.ts'

const [harbor, pier] = ['harbor' as ChannelId, 'pier' as ChannelId]

test('only busy channels are counted, each for itself', () => {
  const limits = new EndpointLimits(3)
  expect(limits.free()).toEqual(new Map())
  limits.take(harbor)
  limits.take(harbor)
  limits.take(pier)
  expect(limits.free()).toEqual(
    new Map([
      [harbor, 1],
      [pier, 2],
    ]),
  )
  limits.giveBack(pier)
  expect(limits.free()).toEqual(new Map([[harbor, 1]]))
  limits.take(harbor)
  expect(limits.anyFull).toBe(true)
})

test('one that lets us wait gets less and less, down to a few; answers bring it back', () => {
  const limits = new EndpointLimits(64)
  const free = () => limits.free().get(harbor) ?? 64
  const seen = Array.from({ length: 6 }, () => {
    limits.timedOut(harbor)
    return free()
  })
  expect(seen).toEqual([32, 16, 8, 4, 4, 4])
  const back = Array.from({ length: 4 }, () => {
    limits.answered(harbor)
    return free()
  })
  expect(back).toEqual([8, 16, 32, 64])
})
