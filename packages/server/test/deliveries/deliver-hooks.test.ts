import { HookReceiver, TestClock, waitUntil } from '@parley/testkit'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { claimLanes, releaseLeases } from '../../src/domain/deliveries/claim-lanes.ts'
import { listDeliveries } from '../../src/domain/deliveries/delivery-queries.ts'
import { endDeliveriesOf } from '../../src/domain/deliveries/end-deliveries.ts'
import { replayDelivery } from '../../src/domain/deliveries/replay-delivery.ts'
import { retryMessage } from '../../src/domain/deliveries/retry-message.ts'
import { type DeliveryWorld, openDeliveryWorld, SECRET, type SentMessage } from './delivery-world.ts'

let world: DeliveryWorld
let clock: TestClock
let hook: HookReceiver

beforeAll(async () => {
  clock = new TestClock()
  world = await openDeliveryWorld({ clock })
})
afterAll(() => world.close())
beforeEach(async () => {
  hook = await HookReceiver.start()
})
afterEach(async () => {
  hook.answerAlways(200)
  await hook.stop()
  await world.stopWorkers()
})

async function aLane(given: { hookRetry?: 'on' | 'off'; url?: string | null; urlV1?: string } = {}) {
  const account = await world.anAccount()
  const channelId = await world.aChannel({ accountId: account.accountId, url: hook.url, ...given })
  return world.aChat(account, channelId)
}

const hasStatus = (message: SentMessage, status: string) =>
  waitUntil(`the message is ${status}`, async () => {
    const found = await world.messageOf(message)
    return found.status === status && found
  })

const hasTried = (message: SentMessage, times: number) =>
  waitUntil(`${times} tries are written down`, async () => {
    const found = await world.deliveryOf(message)
    return found.attemptsMade.length === times && found
  })

const eventsOf = async ({ accountId }: SentMessage) =>
  (await world.db.selectFrom('event').select('type').where('account_id', '=', accountId).orderBy('seq').execute()).map(
    ({ type }) => type,
  )

describe('a hook that is taken', () => {
  test('is signed, named and sent once; the message is sent', async () => {
    const lane = await aLane()
    world.startWorker()
    const message = await world.send(lane, 'We kept one for you – “blue” 👍')
    const got = await hook.next()
    expect(got.method).toBe('POST')
    expect(got.path).toBe(`/hooks/${lane.channelId}_${lane.amojoId}`)
    expect(got.isSignedBy(SECRET)).toBe(true)
    expect(got.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'amoCRM amoJo/1.0',
      'x-request-id': message.deliveryId,
      'x-parley-attempt': '1',
      date: clock.now().toUTCString(),
    })
    expect(got.headers['content-md5']).toMatch(/^[0-9a-f]{32}$/)
    expect(got.json()).toMatchObject({ message: { message: { id: message.messageId, type: 'text' } } })
    expect(await hasStatus(message, 'sent')).toMatchObject({ failure: null, nextTryAt: null })
    expect(await world.deliveryOf(message)).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(await world.laneOf(lane)).toMatchObject({
      last_turn: 1,
      settled_turn: 1,
      due_at: null,
      leased_by: null,
      leased_until: null,
    })
    expect(await eventsOf(message)).toEqual(['message.status_changed'])
    expect(world.nudged).toContain(lane.accountId)
  })

  test('leaves in the order of the sends, one at a time', async () => {
    const lane = await aLane()
    world.startWorker()
    const texts = Array.from({ length: 25 }, (_, index) => `line ${index}`)
    for (const text of texts) await world.send(lane, text)
    for (const text of texts) expect((await hook.next()).json().message.message.text).toBe(text)
  })
})

describe('a hook that is not taken', () => {
  test('500 three times, then 200: same bytes, same id, on schedule', async () => {
    hook.answerWith(500, { status: 503, body: 'busy' }, 500)
    const lane = await aLane()
    world.startWorker()
    const message = await world.send(lane)
    const behind = await world.send(lane, 'second')
    await hasTried(message, 1)
    expect(await world.messageOf(message)).toEqual({
      status: 'queued',
      failure: 'Harbor Chat answered 500',
      nextTryAt: new Date(clock.now().getTime() + 5000),
    })
    await clock.advance(5000)
    await hasTried(message, 2)
    expect((await world.deliveryOf(message)).attemptsMade[1]).toMatchObject({ status: 503, reply: 'busy', error: null })
    await clock.advance(30_000)
    await hasTried(message, 3)
    await clock.advance(120_000)
    await hasStatus(message, 'sent')
    await hasStatus(behind, 'sent')
    const [first, second, third, fourth, last] = hook.requests
    expect([first, second, third, fourth].map((one) => one?.attempt)).toEqual([1, 2, 3, 4])
    for (const again of [second, third, fourth]) {
      expect(again?.body.equals(first!.body)).toBe(true)
      expect(again?.requestId).toBe(first?.requestId)
      expect(again?.headers['x-signature']).toBe(first?.headers['x-signature'])
    }
    expect(last?.json().message.message.text).toBe('second')
    expect((await world.laneOf(lane)).failures).toBe(0)
  })

  test('a dead endpoint parks its own chat only', async () => {
    const parked = await aLane()
    const other = await world.aChat(parked, parked.channelId)
    hook.answerWith(500)
    world.startWorker()
    const stuck = await world.send(parked)
    await hasTried(stuck, 1)
    const free = await world.send(other)
    await hasStatus(free, 'sent')
    expect((await world.messageOf(stuck)).status).toBe('queued')
  })

  test('Retry-After is kept to, up to twice the step', async () => {
    hook.answerWith(
      { status: 429, headers: { 'retry-after': '8' } },
      { status: 503, headers: { 'retry-after': '86400' } },
    )
    const lane = await aLane()
    world.startWorker()
    const message = await world.send(lane)
    await hasTried(message, 1)
    expect((await world.messageOf(message)).nextTryAt).toEqual(new Date(clock.now().getTime() + 8000))
    await clock.advance(8000)
    await hasTried(message, 2)
    expect((await world.messageOf(message)).nextTryAt).toEqual(new Date(clock.now().getTime() + 60_000))
  })

  test.each([400, 404, 410, 301])(
    '%i is given up at once, the user is told, and what waits goes on',
    async (status) => {
      hook.answerWith(status)
      const lane = await aLane()
      const message = await world.send(lane)
      const next = await world.send(lane)
      world.startWorker()
      expect(await hasStatus(message, 'failed')).toEqual({
        status: 'failed',
        failure: `Harbor Chat answered ${status}`,
        nextTryAt: null,
      })
      await hasStatus(next, 'sent')
      const notices = world.db.selectFrom('notification').selectAll().where('account_id', '=', lane.accountId).execute()
      expect(await notices).toMatchObject([
        { kind: 'delivery_failed', chat_id: lane.chatId, message_id: message.messageId },
      ])
      expect(await eventsOf(message)).toEqual([
        'message.status_changed',
        'notification.created',
        'message.status_changed',
      ])
    },
  )

  test('hook_retry off: one try', async () => {
    hook.answerWith(500)
    const lane = await aLane({ hookRetry: 'off' })
    world.startWorker()
    const message = await world.send(lane)
    await hasStatus(message, 'failed')
    expect((await world.deliveryOf(message)).attemptsMade).toHaveLength(1)
  })

  test('after the last step it is given up', async () => {
    hook.answerAlways(500)
    const lane = await aLane()
    world.startWorker({ delaysMs: [1000, 2000] })
    const message = await world.send(lane)
    await hasTried(message, 1)
    await clock.advance(1000)
    await hasTried(message, 2)
    await clock.advance(2000)
    await hasStatus(message, 'failed')
    expect((await world.deliveryOf(message)).attempts).toBe(3)
  })

  test('no answer in time', async () => {
    hook.answerWith('hang')
    const lane = await aLane()
    world.startWorker()
    const message = await world.send(lane)
    await hook.next()
    await clock.advance(10_000)
    await hasTried(message, 1)
    expect((await world.messageOf(message)).failure).toBe('Harbor Chat did not answer within 10 s')
  })

  test('nobody listens', async () => {
    const lane = await aLane({ url: 'http://127.0.0.1:9' })
    world.startWorker()
    const message = await world.send(lane)
    const { attemptsMade } = await hasTried(message, 1)
    expect(attemptsMade[0]).toMatchObject({ status: null, error: 'connection refused' })
    expect((await world.messageOf(message)).failure).toBe('Harbor Chat could not be reached: connection refused')
  })
})

describe('a hook that cannot be sent', () => {
  test('no URL', async () => {
    const lane = await aLane({ url: null })
    world.startWorker()
    const message = await world.send(lane)
    expect((await hasStatus(message, 'failed')).failure).toBe('Harbor Chat has no webhook URL')
    expect(await world.deliveryOf(message)).toMatchObject({ state: 'given_up', attempts: 0, attemptsMade: [] })
  })

  test('only a version 1 URL: it is used', async () => {
    const lane = await aLane({ url: null, urlV1: hook.url })
    world.startWorker()
    await hasStatus(await world.send(lane), 'sent')
  })

  test('a disconnect ends what waits, even in the middle of a long wait', async () => {
    hook.answerWith(500)
    const lane = await aLane()
    world.startWorker()
    const first = await world.send(lane)
    const second = await world.send(lane)
    await hasTried(first, 1)
    const { accountId, channelId } = lane
    await world.db.transaction().execute(async (tx) => {
      const now = clock.now()
      await tx.updateTable('connection').set({ disconnected_at: now }).where('channel_id', '=', channelId).execute()
      await endDeliveriesOf(tx, { accountId, channelId, now })
    })
    world.nudgeDeliveries()
    for (const message of [first, second]) {
      expect((await hasStatus(message, 'failed')).failure).toBe('Harbor Chat is disconnected')
    }
    expect(hook.requests).toHaveLength(1)
  })

  test('a private address is refused', async () => {
    const closed = await openDeliveryWorld({ clock, allowPrivateNetwork: false })
    try {
      const account = await closed.anAccount()
      const lane = await closed.aChat(account, await closed.aChannel({ ...account, url: hook.url }))
      closed.startWorker()
      const message = await closed.send(lane)
      const failed = await waitUntil('it failed', async () => {
        const found = await closed.messageOf(message)
        return found.status === 'failed' && found
      })
      expect(failed.failure).toBe('Harbor Chat could not be reached: its address is not on the public Internet')
      expect(hook.requests).toHaveLength(0)
    } finally {
      await closed.close()
    }
  })
})

describe('trying again by hand', () => {
  const retry = ({ accountId, chatId, messageId }: SentMessage) => retryMessage(world, { accountId, chatId, messageId })

  test('what was given up goes again, behind what waits', async () => {
    hook.answerWith(404, 500)
    const lane = await aLane()
    world.startWorker()
    const lost = await world.send(lane, 'lost')
    await hasStatus(lost, 'failed')
    const waiting = await world.send(lane, 'waiting')
    await hasTried(waiting, 1)
    await retry(lost)
    await hasStatus(lost, 'sent')
    expect(hook.requests.map((one) => one.json().message.message.text)).toEqual(['lost', 'waiting', 'waiting', 'lost'])
    expect(await world.deliveryOf(lost)).toMatchObject({ state: 'delivered', attempts: 2, lastError: null })
    expect(hook.requests[3]?.body.equals(hook.requests[0]!.body)).toBe(true)
  })

  test('what waits for its next try goes now', async () => {
    hook.answerWith(500)
    const lane = await aLane()
    world.startWorker()
    const message = await world.send(lane)
    await hasTried(message, 1)
    await retry(message)
    await hasStatus(message, 'sent')
  })

  test('what the channel has taken is refused; an unknown message is not found', async () => {
    const lane = await aLane()
    world.startWorker()
    const message = await world.send(lane)
    await hasStatus(message, 'sent')
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
    const lane = await aLane()
    world.startWorker()
    const message = await world.send(lane)
    await hasStatus(message, 'sent')
    await world.db.updateTable('message').set({ status }).where('id', '=', message.messageId).execute()
    await replayDelivery(world, { id: message.deliveryId })
    await hasTried(message, 2)
    expect((await world.messageOf(message)).status).toBe(after)
    expect(hook.requests).toHaveLength(2)
  })

  test('another account cannot replay it', async () => {
    const lane = await aLane()
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
    const lane = await aLane()
    world.startWorker()
    const lost = await world.send(lane)
    await hasStatus(lost, 'failed')
    const taken = await world.send(lane)
    await hasStatus(taken, 'sent')
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

describe('workers that die or meet', () => {
  test('a dead worker’s lane is taken over when its lease ends: nothing lost, order kept', async () => {
    const lane = await aLane()
    const sent = [await world.send(lane, 'one'), await world.send(lane, 'two')]
    const request = { limit: 64, channelLimit: 64, free: new Map(), leaseMs: 30_000 }
    const abandoned = await claimLanes(world, request)
    expect(abandoned.find((one) => one.chatId === lane.chatId)?.deliveries).toHaveLength(2)
    world.startWorker()
    await world.send(lane, 'three')
    expect(hook.requests).toHaveLength(0)
    await clock.advance(30_000)
    for (const text of ['one', 'two', 'three']) expect((await hook.next()).json().message.message.text).toBe(text)
    for (const message of sent) await hasStatus(message, 'sent')
  })

  test('alone on its database, a starting node takes leases back at once', async () => {
    const lane = await aLane()
    const message = await world.send(lane)
    await claimLanes(world, { limit: 64, channelLimit: 64, free: new Map(), leaseMs: 30_000 })
    await releaseLeases(world)
    world.startWorker()
    await hasStatus(message, 'sent')
  })

  test('what a worker settles after losing its lease changes nothing', async () => {
    const lane = await aLane()
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
    const lane = await aLane()
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
    await hasStatus(message, 'sent')
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
    await waitUntil('all are delivered', async () => (await waitingIn(account.accountId)) === 0)
    expect(overlaps).toEqual([])
    for (const lane of lanes) expect(seen.get(lane.chatId)).toEqual(rounds)
  })
})

const waitingIn = async (accountId: SentMessage['accountId']) => {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(last_turn - settled_turn), 0)::int as n from delivery_lane where account_id = ${accountId}`.execute(
    world.db,
  )
  return rows[0]?.n
}

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
    await waitUntil('all are delivered', async () => (await waitingIn(account.accountId)) === 0)
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
      await hasStatus(message, 'sent')
      expect(hook.requests).toHaveLength(8)
    } finally {
      await healthyHook.stop()
      await hook.stop()
      hook = await HookReceiver.start()
    }
  })

  test('a database that goes away is waited for', async () => {
    const lane = await aLane()
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
    await hasStatus(message, 'sent')
  })
})
