import { aNewMessage, startTestWorld, type TestChannel, type TestWorld, wrongSecret } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clock.advance(60_000))

/** By the installation's limit: 50 a second, 100 at once. */
const aLimitedChannel = (options: Parameters<TestWorld['aChannel']>[0] = {}) =>
  world.aChannel({ ...options, settings: { rate_limit: null, ...options?.settings } })

const typing = (channel: TestChannel, options: Parameters<TestChannel['post']>[1] = {}) =>
  channel.post({ conversation_id: 'nobody', sender: { id: 'n' } }, { path: '/typing', ...options })

async function statusesOf(count: number, call: () => Promise<Response>): Promise<Record<number, number>> {
  const answers = await Promise.all(Array.from({ length: count }, call))
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

describe('the rate of a connection', () => {
  test('a hundred at once, then fifty a second; who asks too often is told when to come back', async () => {
    const channel = await aLimitedChannel()
    expect(await statusesOf(110, () => typing(channel))).toEqual({ 404: 100, 429: 10 })
    const refused = await typing(channel)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toEqual({
      status: 0,
      error_code: 429,
      error_type: 'ORIGIN_TOO_MANY_REQUESTS',
      error_description: 'too many requests; 50 a second are allowed; try again in 1 s',
    })
    await world.clock.advance(1000)
    expect(await statusesOf(60, () => typing(channel))).toEqual({ 404: 50, 429: 10 })
  })

  test('one that is refused stores nothing', async () => {
    const channel = await aLimitedChannel()
    await statusesOf(100, () => typing(channel))
    const event = aNewMessage()
    expect((await channel.post(event)).status).toBe(429)
    expect(await world.messagesOf(channel)).toEqual([])
    await world.clock.advance(1000)
    expect((await channel.post(event)).status).toBe(200)
  })

  test('is its own: other accounts of the channel, and other channels, are served', async () => {
    const [greedy, modest] = [await world.anAccount(), await world.anAccount()]
    const channel = await aLimitedChannel({ accounts: [greedy, modest] })
    const other = await aLimitedChannel({ account: greedy })
    expect(await statusesOf(150, () => typing(channel, { account: greedy }))).toEqual({ 404: 100, 429: 50 })
    expect(await statusesOf(100, () => typing(channel, { account: modest }))).toEqual({ 404: 100 })
    expect(await statusesOf(100, () => typing(other))).toEqual({ 404: 100 })
  })

  test('a channel can have its own; the burst is twice of it', async () => {
    const channel = await world.aChannel({ settings: { rate_limit: 60 } })
    expect(await statusesOf(130, () => typing(channel))).toEqual({ 404: 120, 429: 10 })
  })

  test('every method counts', async () => {
    const channel = await aLimitedChannel()
    await statusesOf(100, () => typing(channel))
    const body = { conversation_id: 'c' }
    const calls = [
      channel.post(aNewMessage()),
      channel.post(body, { path: '/chats' }),
      channel.get('/chats/00000000-0000-4000-8000-000000000000/history'),
      channel.post(body, { path: '/react' }),
      channel.post(body, { path: '/m/react' }),
      channel.post(body, { path: '/m/delivery_status' }),
    ]
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(calls.map(() => 429))
  })

  test('connecting and disconnecting are counted for the channel', async () => {
    const channel = await aLimitedChannel({ connected: false })
    const path = `/v2/origin/custom/${channel.id}/disconnect`
    expect(await statusesOf(105, () => channel.post({}, { path }))).toEqual({ 400: 100, 429: 5 })
    expect((await channel.connect()).status).toBe(429)
    await world.clock.advance(1000)
    expect((await channel.connect()).status).toBe(200)
    // What its connections do is counted apart.
    expect(await statusesOf(100, () => typing(channel))).toEqual({ 404: 100 })
  })

  test('what is not signed takes nothing away', async () => {
    const channel = await aLimitedChannel()
    await typing(channel)
    await statusesOf(300, () => typing(channel, { alter: wrongSecret }))
    expect(await statusesOf(99, () => typing(channel))).toEqual({ 404: 99 })
  })
})

describe('wrong signatures', () => {
  test('are looked at a hundred times, then twenty a second', async () => {
    const channel = await aLimitedChannel()
    const guess = () => typing(channel, { alter: wrongSecret })
    expect(await statusesOf(110, guess)).toEqual({ 403: 100, 429: 10 })
    const refused = await typing(channel)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await refused.json()).toMatchObject({ error_description: 'too many wrong signatures; try again in 1 s' })
    await world.clock.advance(1000)
    expect(await statusesOf(25, guess)).toEqual({ 403: 20, 429: 5 })
  })

  test('from the address that last signed rightly keep nobody out', async () => {
    const channel = await aLimitedChannel()
    expect((await typing(channel)).status).toBe(404)
    expect(await statusesOf(150, () => typing(channel, { alter: wrongSecret }))).toEqual({ 403: 150 })
    expect((await typing(channel)).status).toBe(404)
  })

  test('for one connection leave the others alone', async () => {
    const [attacked, other] = [await aLimitedChannel(), await aLimitedChannel()]
    await statusesOf(110, () => typing(attacked, { alter: wrongSecret }))
    expect((await typing(other)).status).toBe(404)
  })
})

test('an installation can allow more', async () => {
  const generous = await startTestWorld({ env: { PARLEY_RATE_LIMIT: '70' } })
  try {
    const channel = await generous.aChannel({ settings: { rate_limit: null } })
    expect(await statusesOf(150, () => typing(channel))).toEqual({ 404: 140, 429: 10 })
  } finally {
    await generous.stop()
  }
})
