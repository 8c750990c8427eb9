import type { ChannelId, Connection, Source } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { chooseChannel, chooseSource } from './lines.ts'

const channel = (channelId: string) => ({ channelId }) as Connection
const source = (externalId: string, isDefault = false) => ({ externalId, isDefault }) as Source

test('the chosen channel while it is there, else the first', () => {
  const channels = [channel('a'), channel('b')]
  expect(chooseChannel(channels, 'b' as ChannelId)).toBe(channels[1])
  expect(chooseChannel(channels, 'gone' as ChannelId)).toBe(channels[0])
  expect(chooseChannel(channels, undefined)).toBe(channels[0])
  expect(chooseChannel([], undefined)).toBeUndefined()
})

describe('a source', () => {
  test('is chosen only where there are several', () => {
    expect(chooseSource([], 'x')).toBeUndefined()
    expect(chooseSource([source('only')], 'only')).toBeUndefined()
  })

  test('is the one asked for, else the default, else the first', () => {
    const sources = [source('a'), source('b'), source('c', true)]
    expect(chooseSource(sources, 'b')?.externalId).toBe('b')
    expect(chooseSource(sources, 'gone')?.externalId).toBe('c')
    expect(chooseSource(sources.slice(0, 2), undefined)?.externalId).toBe('a')
  })
})
