import type { ChannelId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { EndpointLimits } from './endpoint-limits.ts'

const [harbor, pier] = ['harbor' as ChannelId, 'pier' as ChannelId]
const open = (lanesPerChannel: number, lanes = 1024) => new EndpointLimits({ lanes, lanesPerChannel })

test('only busy channels are counted, each for itself', () => {
  const limits = open(3)
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

test('answers bring more, up to the most; what rests begins anew', () => {
  const limits = open(64)
  limits.take(harbor)
  const seen = Array.from({ length: 4 }, () => {
    limits.answered(harbor)
    return limits.free().get(harbor)
  })
  expect(seen).toEqual([31, 63, 63, 63])
  limits.giveBack(harbor)
  expect(limits.free()).toEqual(new Map())
  expect(limits.freeOfOthers).toBe(16)
})

test('one that lets us wait gets less and less, down to a few, also after a rest; answers bring it back', () => {
  const limits = open(64)
  limits.take(harbor)
  limits.answered(harbor)
  limits.answered(harbor)
  const seen = Array.from({ length: 6 }, () => {
    limits.timedOut(harbor)
    return limits.free().get(harbor)
  })
  expect(seen).toEqual([31, 15, 7, 3, 3, 3])
  limits.giveBack(harbor)
  expect(limits.free()).toEqual(new Map([[harbor, 4]]))
  limits.answered(harbor)
  expect(limits.free().get(harbor)).toBe(8)
})

test('however many hang, there is a place for one more', () => {
  const limits = open(128, 256)
  const channels = Array.from({ length: 30 }, (_, index) => `channel-${index}` as ChannelId)
  for (const channel of channels) for (let free = limits.freeOfOthers; free > 0; free -= 1) limits.take(channel)
  expect(limits.freeOfOthers).toBeGreaterThan(0)
  expect([...limits.free().values()].every((free) => free >= 0)).toBe(true)
})
