import { HookReceiver, waitUntil } from '@parley/testkit'
import { beforeEach, describe, expect, test } from 'vitest'
import { claimLanes, releaseLeases } from '../../src/domain/deliveries/claim-lanes.ts'
import { aLane, hasStatus, useDeliveries, waitingIn } from './use-deliveries.ts'

const ground = useDeliveries()
let { world, clock, hook } = ground
beforeEach(() => {
  ;({ world, clock, hook } = ground)
})

describe('workers that die or meet', () => {
  test('a dead worker’s lane is taken over when its lease ends: nothing lost, order kept', async () => {
    const lane = await aLane(ground)
    const sent = [await world.send(lane, 'one'), await world.send(lane, 'two')]
    const request = { limit: 64, channelLimit: 64, free: new Map(), leaseMs: 30_000 }
    const abandoned = await claimLanes(world, request)
    expect(abandoned.find((one) => one.chatId === lane.chatId)?.deliveries).toHaveLength(2)
    world.startWorker()
    await world.send(lane, 'three')
    expect(hook.requests).toHaveLength(0)
    await clock.advance(30_000)
    for (const text of ['one', 'two', 'three']) expect((await hook.next()).json().message.message.text).toBe(text)
    for (const message of sent) await hasStatus(ground, message, 'sent')
  })

  test('alone on its database, a starting node takes leases back at once', async () => {
    const lane = await aLane(ground)
    const message = await world.send(lane)
    await claimLanes(world, { limit: 64, channelLimit: 64, free: new Map(), leaseMs: 30_000 })
    await releaseLeases(world)
    world.startWorker()
    await hasStatus(ground, message, 'sent')
  })

  test('what a worker settles after losing its lease changes nothing', async () => {
    const lane = await aLane(ground)
    hook.answerWith('hang')
    const slow = world.startWorker()
    const message = await world.send(lane)
    await hook.next()
    // As if its lease had run out and another had claimed it.
    const { accountId, chatId } = lane
    const theirs = { leased_by: world.newId(), leased_until: new Date(clock.now().getTime() + 60_000) }
    const ofLane = world.db.updateTable('delivery_lane').set(theirs).where('account_id', '=', accountId)
    await ofLane.where('chat_id', '=', chatId).execute()
    await clock.advance(10_000)
    await slow.stop()
    expect(await world.deliveryOf(message)).toMatchObject({ state: 'waiting', attempts: 0, attemptsMade: [] })
    expect(await world.laneOf(lane)).toMatchObject({ settled_turn: 0, leased_by: theirs.leased_by })
  })

  test('stopping breaks off what hangs without counting it, and gives the lane back', async () => {
    const lane = await aLane(ground)
    hook.answerWith('hang')
    const job = world.startWorker()
    const message = await world.send(lane)
    await hook.next()
    const stopped = job.stop()
    const patience = clock.now().getTime() + 4000
    await waitUntil('it waits', () => clock.sleepers().some((due) => due.getTime() === patience))
    await clock.advance(4000)
    await stopped
    expect(await world.deliveryOf(message)).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(await world.laneOf(lane)).toMatchObject({ settled_turn: 0, leased_by: null })
    world.startWorker()
    await hasStatus(ground, message, 'sent')
  })

  test('two workers never have one chat in hand together, and the order holds', async () => {
    const account = await world.anAccount()
    const channelId = await world.aChannel({ ...account, url: hook.url })
    const lanes = await Promise.all(Array.from({ length: 20 }, () => world.aChat(account, channelId)))
    const [inHand, overlaps, seen] = [new Set<string>(), [] as string[], new Map<string, number[]>()]
    const watch: Parameters<typeof world.startWorker>[0] = {
      send: async ({ body }) => {
        const { message } = JSON.parse(String(body))
        const chatId = message.conversation.id
        if (inHand.has(chatId)) overlaps.push(chatId)
        inHand.add(chatId)
        await new Promise((resolve) => setImmediate(resolve))
        seen.set(chatId, [...(seen.get(chatId) ?? []), Number(message.message.text)])
        inHand.delete(chatId)
        return { kind: 'answered', status: 200, reply: '' }
      },
    }
    world.startWorker(watch)
    world.startWorker(watch)
    const rounds = Array.from({ length: 30 }, (_, index) => index)
    await Promise.all(
      lanes.map(async (lane) => {
        for (const round of rounds) await world.send(lane, String(round))
      }),
    )
    await waitUntil('all are delivered', async () => (await waitingIn(ground, account.accountId)) === 0)
    expect(overlaps).toEqual([])
    for (const lane of lanes) expect(seen.get(lane.chatId)).toEqual(rounds)
  })
})

describe('under load', () => {
  test('sends while settling never lose a wake-up', async () => {
    const account = await world.anAccount()
    const channelId = await world.aChannel({ ...account, url: hook.url })
    const lanes = await Promise.all(Array.from({ length: 8 }, () => world.aChat(account, channelId)))
    const send = async () => ({ kind: 'answered', status: 200, reply: '' }) as const
    // The clock stands still: nothing but nudges can wake them.
    world.startWorker({ send })
    world.startWorker({ send })
    await Promise.all(
      lanes.map(async (lane) => {
        for (let round = 0; round < 300; round += 1) await world.send(lane)
      }),
    )
    await waitUntil('all are delivered', async () => (await waitingIn(ground, account.accountId)) === 0)
    const lanesLeft = await world.db
      .selectFrom('delivery_lane')
      .select(['settled_turn', 'due_at', 'leased_by', 'last_turn'])
      .where('account_id', '=', account.accountId)
      .execute()
    expect(lanesLeft).toEqual(lanes.map(() => ({ settled_turn: 300, due_at: null, leased_by: null, last_turn: 300 })))
  }, 60_000)

  test('a hanging endpoint delays no other channel', async () => {
    hook.answerAlways('hang')
    const account = await world.anAccount()
    const hanging = await world.aChannel({ ...account, url: hook.url })
    const healthyHook = await HookReceiver.start()
    try {
      const healthy = await world.aChannel({ ...account, url: healthyHook.url })
      world.startWorker({}, { lanesPerChannel: 8 })
      for (let index = 0; index < 40; index += 1) await world.send(await world.aChat(account, hanging))
      await waitUntil('the hanging one is at its limit', () => hook.inHand === 8)
      const message = await world.send(await world.aChat(account, healthy))
      await hasStatus(ground, message, 'sent')
      expect(hook.requests).toHaveLength(8)
    } finally {
      await healthyHook.stop()
    }
  })

  test('a database that goes away is waited for', async () => {
    const lane = await aLane(ground)
    let isAway = true
    const pool = world.newPool()
    const flaky = new Proxy(pool, {
      get: (target, key) => {
        const given: unknown = Reflect.get(target, key)
        if (typeof given !== 'function') return given
        if (key === 'query' || key === 'connect') {
          return (...args: unknown[]) =>
            isAway ? Promise.reject(new Error('away')) : Reflect.apply(given, target, args)
        }
        return given.bind(target)
      },
    })
    world.startWorker({ pool: flaky })
    const message = await world.send(lane)
    await waitUntil('it backs off', () => clock.sleepers().length > 0)
    expect(hook.requests).toHaveLength(0)
    isAway = false
    await clock.advance(1000)
    await hasStatus(ground, message, 'sent')
  })
})

describe('five of fifty endpoints hang', () => {
  const LANES = 128
  const CHATS_OF_HANGING = 60

  test('all others get everything meanwhile, a place stays free, and the hanging ones hold less and less', async () => {
    const account = await world.anAccount()
    const [healthyHook, inHand] = [await HookReceiver.start(), () => hook.inHand]
    hook.answerAlways('hang')
    try {
      const hanging = await Promise.all(Array.from({ length: 5 }, () => world.aChannel({ ...account, url: hook.url })))
      const healthy = await Promise.all(
        Array.from({ length: 45 }, () => world.aChannel({ ...account, url: healthyHook.url })),
      )
      // Each hanging one alone has more chats waiting than a fair part of the places.
      for (const channelId of hanging)
        for (let index = 0; index < CHATS_OF_HANGING; index += 1)
          await world.send(await world.aChat(account, channelId))
      world.startWorker({}, { lanes: LANES, lanesPerChannel: LANES })
      await waitUntil('each of the five has begun', () => inHand() >= 5)
      const sendToAll = async () => {
        const messages = []
        for (const channelId of healthy) messages.push(await world.send(await world.aChat(account, channelId)))
        for (const message of messages) await hasStatus(ground, message, 'sent')
      }
      await sendToAll()
      const heldAtFirst = inHand()
      expect(heldAtFirst).toBeLessThan(LANES)
      // Their time is up: now they are known to be slow.
      await clock.advance(10_000)
      await waitUntil('they hold less', () => inHand() > 0 && inHand() <= heldAtFirst / 2)
      await sendToAll()
      expect(healthyHook.requests).toHaveLength(90)
    } finally {
      await healthyHook.stop()
    }
  }, 30_000)
})
