import { waitUntil } from '@parley/testkit'
import { beforeEach, describe, expect, test } from 'vitest'
import { listDeliveries } from '../../src/domain/deliveries/delivery-queries.ts'
import { replayDelivery } from '../../src/domain/deliveries/replay-delivery.ts'
import { replaySince } from '../../src/domain/deliveries/replay-since.ts'
import { retryMessage } from '../../src/domain/deliveries/retry-message.ts'
import type { SentMessage } from './delivery-world.ts'
import { aLane, eventsOf, hasStatus, hasTried, useDeliveries, waitingIn } from './use-deliveries.ts'

const ground = useDeliveries()
let { world, clock, hook } = ground
beforeEach(() => {
  ;({ world, clock, hook } = ground)
})

describe('trying again by hand', () => {
  const retry = ({ accountId, chatId, messageId }: SentMessage) => retryMessage(world, { accountId, chatId, messageId })

  test('what was given up goes again, behind what waits', async () => {
    hook.answerWith(404, 500)
    const lane = await aLane(ground)
    world.startWorker()
    const lost = await world.send(lane, 'lost')
    await hasStatus(ground, lost, 'failed')
    const waiting = await world.send(lane, 'waiting')
    await hasTried(ground, waiting, 1)
    await retry(lost)
    await hasStatus(ground, lost, 'sent')
    expect(hook.requests.map((one) => one.json().message.message.text)).toEqual(['lost', 'waiting', 'waiting', 'lost'])
    expect(await world.deliveryOf(lost)).toMatchObject({ state: 'delivered', attempts: 2, lastError: null })
    expect(hook.requests[3]?.body.equals(hook.requests[0]!.body)).toBe(true)
  })

  test('what waits for its next try goes now', async () => {
    hook.answerWith(500)
    const lane = await aLane(ground)
    world.startWorker()
    const message = await world.send(lane)
    await hasTried(ground, message, 1)
    await retry(message)
    await hasStatus(ground, message, 'sent')
  })

  test('what the channel has taken is refused; an unknown message is not found', async () => {
    const lane = await aLane(ground)
    world.startWorker()
    const message = await world.send(lane)
    await hasStatus(ground, message, 'sent')
    await expect(retry(message)).rejects.toMatchObject({ code: 'conflict' })
    const elsewhere = { ...message, chatId: message.messageId as string as SentMessage['chatId'] }
    await expect(retry(elsewhere)).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each([
    ['delivered', 'delivered'],
    ['read', 'read'],
    // What the channel said of the first try does not hold for the second.
    ['failed', 'sent'],
  ] as const)('a replay of a message the channel called %s leaves it %s', async (status, after) => {
    const lane = await aLane(ground)
    world.startWorker()
    const message = await world.send(lane)
    await hasStatus(ground, message, 'sent')
    await world.db.updateTable('message').set({ status }).where('id', '=', message.messageId).execute()
    await replayDelivery(world, { id: message.deliveryId })
    await hasTried(ground, message, 2)
    expect((await world.messageOf(message)).status).toBe(after)
    expect(hook.requests).toHaveLength(2)
  })

  test('another account cannot replay it', async () => {
    const lane = await aLane(ground)
    const message = await world.send(lane)
    const { accountId } = await world.anAccount()
    await expect(replayDelivery(world, { id: message.deliveryId, accountId })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('the delivery log', () => {
  test('newest first, by state, page by page', async () => {
    hook.answerWith(404)
    const lane = await aLane(ground)
    world.startWorker()
    const lost = await world.send(lane)
    await hasStatus(ground, lost, 'failed')
    const taken = await world.send(lane)
    await hasStatus(ground, taken, 'sent')
    const { accountId, channelId } = lane
    const ids = async (filter: Partial<Parameters<typeof listDeliveries>[1]>) =>
      (await listDeliveries(world.db, { accountId, limit: 10, ...filter })).map(({ id }) => id)
    expect(await ids({})).toEqual([taken.deliveryId, lost.deliveryId])
    expect(await ids({ channelId, state: 'given_up' })).toEqual([lost.deliveryId])
    expect(await ids({ before: taken.deliveryId })).toEqual([lost.deliveryId])
    expect(await ids({ state: 'delivered' })).toEqual([taken.deliveryId])
    expect(await ids({ limit: 1 })).toEqual([taken.deliveryId])
    const everywhere = await listDeliveries(world.db, { limit: 1 })
    expect(everywhere.map(({ id }) => id)).toEqual([taken.deliveryId])
  })
})

describe('all of a channel since a time', () => {
  const textsSince = (from: number) => hook.requests.slice(from).map((one) => one.json().message.message.text)

  test('goes out again in order per chat, behind what waits; what waits is not doubled', async () => {
    hook.answerWith(200, 404, 200, 500)
    const lane = await aLane(ground)
    world.startWorker()
    await hasStatus(ground, await world.send(lane, 'before'), 'sent')
    await clock.advance(60_000)
    const since = clock.now()
    const lost = await world.send(lane, 'lost')
    await hasStatus(ground, lost, 'failed')
    await hasStatus(ground, await world.send(lane, 'taken'), 'sent')
    const waiting = await world.send(lane, 'waiting')
    await hasTried(ground, waiting, 1)
    expect(await replaySince(world, { channelId: lane.channelId, since })).toBe(3)
    await hasStatus(ground, lost, 'sent')
    await waitUntil('all have left', async () => (await waitingIn(ground, lane.accountId)) === 0)
    expect(textsSince(4)).toEqual(['waiting', 'lost', 'taken'])
    expect(await world.deliveryOf(lost)).toMatchObject({ state: 'delivered', attempts: 2 })
  })

  test('asked twice while it waits, it goes out once; by state, only those', async () => {
    hook.answerWith(404, 200)
    const lane = await aLane(ground)
    const since = clock.now()
    const first = world.startWorker()
    const [lost, taken] = [await world.send(lane, 'lost'), await world.send(lane, 'taken')]
    await hasStatus(ground, lost, 'failed')
    await hasStatus(ground, taken, 'sent')
    await first.stop()
    const request = { channelId: lane.channelId, since, state: 'given_up' } as const
    expect(await replaySince(world, request)).toBe(1)
    expect(await replaySince(world, request)).toBe(0)
    expect(await replaySince(world, { channelId: lane.channelId, since, state: 'waiting' })).toBe(1)
    expect(await world.messageOf(lost)).toMatchObject({ status: 'queued', failure: null })
    world.startWorker()
    await hasStatus(ground, lost, 'sent')
    expect(textsSince(2)).toEqual(['lost'])
  })

  test('many chats and more than a page', async () => {
    const account = await world.anAccount()
    const channelId = await world.aChannel({ ...account, url: hook.url })
    const lanes = await Promise.all(Array.from({ length: 12 }, () => world.aChat(account, channelId)))
    const since = clock.now()
    const send = async () => ({ kind: 'answered', status: 404, reply: '' }) as const
    const refusing = world.startWorker({ send })
    const rounds = Array.from({ length: 43 }, (_, index) => String(index))
    for (const round of rounds) await Promise.all(lanes.map((lane) => world.send(lane, round)))
    await waitUntil('all are given up', async () => (await waitingIn(ground, account.accountId)) === 0)
    await refusing.stop()
    expect(await replaySince(world, { channelId, since })).toBe(12 * 43)
    const seen = new Map<string, string[]>()
    world.startWorker({
      send: async ({ body }) => {
        const { message } = JSON.parse(String(body))
        const { id } = message.conversation
        seen.set(id, [...(seen.get(id) ?? []), message.message.text])
        return { kind: 'answered', status: 200, reply: '' }
      },
    })
    world.nudgeDeliveries()
    await waitUntil('all have left', async () => (await waitingIn(ground, account.accountId)) === 0)
    for (const lane of lanes) expect(seen.get(lane.chatId)).toEqual(rounds)
    const notQueued = world.db
      .selectFrom('message')
      .select('status')
      .distinct()
      .where('account_id', '=', account.accountId)
    expect(await notQueued.execute()).toEqual([{ status: 'sent' }])
  })
})

describe('a hook that tells of a reaction', () => {
  test('is sent in the chat’s order, listed and replayed; given up, it touches no message', async () => {
    hook.answerWith(200, 404)
    const lane = await aLane(ground)
    world.startWorker()
    const message = await world.send(lane)
    await hasStatus(ground, message, 'sent')
    const id = await world.react(lane)
    const reaction = { ...message, deliveryId: id }
    await hasTried(ground, reaction, 1)
    expect(await world.deliveryOf(reaction)).toMatchObject({ kind: 'reaction', messageId: null, state: 'given_up' })
    expect((await world.messageOf(message)).status).toBe('sent')
    expect(await eventsOf(ground, lane)).toEqual(['message.status_changed'])
    const listed = await listDeliveries(world.db, { accountId: lane.accountId, limit: 10 })
    expect(listed.map(({ kind, state }) => [kind, state])).toEqual([
      ['reaction', 'given_up'],
      ['message', 'delivered'],
    ])
    await replayDelivery(world, { id })
    await hasTried(ground, reaction, 2)
    await replaySince(world, { channelId: lane.channelId, since: new Date(0) })
    await hasTried(ground, reaction, 3)
  })
})

test('a reaction that is not taken holds up the answers behind it for minutes, not for hours', async () => {
  // Always, for a try that outlives its lease is made once more and counted once.
  hook.answerAlways(503)
  const lane = await aLane(ground)
  const reaction = { accountId: lane.accountId, chatId: lane.chatId, deliveryId: await world.react(lane) }
  const message = await world.send(lane)
  world.startWorker()
  const stateOf = () => world.deliveryOf({ ...message, ...reaction })
  await clock.advanceUntil(waitUntil('it is given up', async () => (await stateOf()).state === 'given_up'))
  hook.answerAlways(200)
  await clock.advanceUntil(hasStatus(ground, message, 'sent'))
  expect(await stateOf()).toMatchObject({ state: 'given_up', attempts: 4 })
})

describe('when a delivery goes out next', () => {
  test('is listed with it: for the first of a chat, unless its channel is switched off', async () => {
    hook.answerWith(500)
    const lane = await aLane(ground)
    world.startWorker()
    const first = await world.send(lane)
    await hasTried(ground, first, 1)
    await world.send(lane)
    const next = async () =>
      (await listDeliveries(world.db, { accountId: lane.accountId, state: 'waiting', limit: 10 })).map(
        ({ nextTryAt }) => nextTryAt,
      )
    expect(await next()).toEqual([null, new Date(clock.now().getTime() + 5000)])
    const off = { channel_id: lane.channelId, switched_off_at: clock.now() }
    await world.db
      .insertInto('channel_health')
      .values(off)
      .onConflict((conflict) => conflict.column('channel_id').doUpdateSet(off))
      .execute()
    expect(await next()).toEqual([null, null])
  })
})
