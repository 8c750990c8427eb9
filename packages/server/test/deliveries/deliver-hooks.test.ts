import { waitUntil } from '@parley/testkit'
import { beforeEach, describe, expect, test } from 'vitest'
import { endDeliveriesOf } from '../../src/domain/deliveries/end-deliveries.ts'
import { openDeliveryWorld, SECRET } from './delivery-world.ts'
import { aLane, eventsOf, hasStatus, hasTried, useDeliveries } from './use-deliveries.ts'

const ground = useDeliveries()
let { world, clock, hook } = ground
beforeEach(() => {
  ;({ world, clock, hook } = ground)
})

describe('a hook that is taken', () => {
  test('is signed, named and sent once; the message is sent', async () => {
    const lane = await aLane(ground)
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
    expect(await hasStatus(ground, message, 'sent')).toMatchObject({ failure: null, nextTryAt: null })
    expect(await world.deliveryOf(message)).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(await world.laneOf(lane)).toMatchObject({
      last_turn: 1,
      settled_turn: 1,
      due_at: null,
      leased_by: null,
      leased_until: null,
    })
    expect(await eventsOf(ground, message)).toEqual(['message.status_changed'])
    expect(world.nudged).toContain(lane.accountId)
  })

  test('leaves in the order of the sends, one at a time', async () => {
    const lane = await aLane(ground)
    world.startWorker()
    const texts = Array.from({ length: 25 }, (_, index) => `line ${index}`)
    for (const text of texts) await world.send(lane, text)
    for (const text of texts) expect((await hook.next()).json().message.message.text).toBe(text)
  })
})

describe('a hook that is not taken', () => {
  test('500 three times, then 200: same bytes, same id, on schedule', async () => {
    hook.answerWith(500, { status: 503, body: 'busy' }, 500)
    const lane = await aLane(ground)
    world.startWorker()
    const message = await world.send(lane)
    const behind = await world.send(lane, 'second')
    await hasTried(ground, message, 1)
    expect(await world.messageOf(message)).toEqual({
      status: 'queued',
      failure: 'Harbor Chat answered 500',
      nextTryAt: new Date(clock.now().getTime() + 5000),
    })
    await clock.advance(5000)
    await hasTried(ground, message, 2)
    expect((await world.deliveryOf(message)).attemptsMade[1]).toMatchObject({ status: 503, reply: 'busy', error: null })
    await clock.advance(30_000)
    await hasTried(ground, message, 3)
    await clock.advance(120_000)
    await hasStatus(ground, message, 'sent')
    await hasStatus(ground, behind, 'sent')
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
    const parked = await aLane(ground)
    const other = await world.aChat(parked, parked.channelId)
    hook.answerWith(500)
    world.startWorker()
    const stuck = await world.send(parked)
    await hasTried(ground, stuck, 1)
    const free = await world.send(other)
    await hasStatus(ground, free, 'sent')
    expect((await world.messageOf(stuck)).status).toBe('queued')
  })

  test('Retry-After is kept to, up to twice the step', async () => {
    hook.answerWith(
      { status: 429, headers: { 'retry-after': '8' } },
      { status: 503, headers: { 'retry-after': '86400' } },
    )
    const lane = await aLane(ground)
    world.startWorker()
    const message = await world.send(lane)
    await hasTried(ground, message, 1)
    expect((await world.messageOf(message)).nextTryAt).toEqual(new Date(clock.now().getTime() + 8000))
    await clock.advance(8000)
    await hasTried(ground, message, 2)
    expect((await world.messageOf(message)).nextTryAt).toEqual(new Date(clock.now().getTime() + 60_000))
  })

  test.each([400, 404, 410, 301])(
    '%i is given up at once, the user is told, and what waits goes on',
    async (status) => {
      hook.answerWith(status)
      const lane = await aLane(ground)
      const message = await world.send(lane)
      const next = await world.send(lane)
      world.startWorker()
      expect(await hasStatus(ground, message, 'failed')).toEqual({
        status: 'failed',
        failure: `Harbor Chat answered ${status}`,
        nextTryAt: null,
      })
      await hasStatus(ground, next, 'sent')
      const notices = world.db.selectFrom('notification').selectAll().where('account_id', '=', lane.accountId).execute()
      expect(await notices).toMatchObject([
        { kind: 'delivery_failed', chat_id: lane.chatId, message_id: message.messageId },
      ])
      expect(await eventsOf(ground, message)).toEqual([
        'message.status_changed',
        'notification.created',
        'message.status_changed',
      ])
    },
  )

  test('hook_retry off: one try', async () => {
    hook.answerWith(500)
    const lane = await aLane(ground, { hookRetry: 'off' })
    world.startWorker()
    const message = await world.send(lane)
    await hasStatus(ground, message, 'failed')
    expect((await world.deliveryOf(message)).attemptsMade).toHaveLength(1)
  })

  test('after the last step it is given up', async () => {
    hook.answerAlways(500)
    const lane = await aLane(ground)
    world.startWorker({ delaysMs: [1000, 2000] })
    const message = await world.send(lane)
    await hasTried(ground, message, 1)
    await clock.advance(1000)
    await hasTried(ground, message, 2)
    await clock.advance(2000)
    await hasStatus(ground, message, 'failed')
    expect((await world.deliveryOf(message)).attempts).toBe(3)
  })

  test('no answer in time', async () => {
    hook.answerWith('hang')
    const lane = await aLane(ground)
    world.startWorker()
    const message = await world.send(lane)
    await hook.next()
    await clock.advance(10_000)
    await hasTried(ground, message, 1)
    expect((await world.messageOf(message)).failure).toBe('Harbor Chat did not answer within 10 s')
  })

  test('nobody listens', async () => {
    const lane = await aLane(ground, { url: 'http://127.0.0.1:9' })
    world.startWorker()
    const message = await world.send(lane)
    const { attemptsMade } = await hasTried(ground, message, 1)
    expect(attemptsMade[0]).toMatchObject({ status: null, error: 'connection refused' })
    expect((await world.messageOf(message)).failure).toBe('Harbor Chat could not be reached: connection refused')
  })
})

describe('a hook that cannot be sent', () => {
  test('no URL', async () => {
    const lane = await aLane(ground, { url: null })
    world.startWorker()
    const message = await world.send(lane)
    expect((await hasStatus(ground, message, 'failed')).failure).toBe('Harbor Chat has no webhook URL')
    expect(await world.deliveryOf(message)).toMatchObject({ state: 'given_up', attempts: 0, attemptsMade: [] })
  })

  test('only a version 1 URL: it is used', async () => {
    const lane = await aLane(ground, { url: null, urlV1: hook.url })
    world.startWorker()
    await hasStatus(ground, await world.send(lane), 'sent')
  })

  test('a disconnect ends what waits, even in the middle of a long wait', async () => {
    hook.answerWith(500)
    const lane = await aLane(ground)
    world.startWorker()
    const first = await world.send(lane)
    const second = await world.send(lane)
    await hasTried(ground, first, 1)
    const { accountId, channelId } = lane
    await world.db.transaction().execute(async (tx) => {
      const now = clock.now()
      await tx.updateTable('connection').set({ disconnected_at: now }).where('channel_id', '=', channelId).execute()
      await endDeliveriesOf(tx, { accountId, channelId })
    })
    world.nudgeDeliveries()
    for (const message of [first, second]) {
      expect((await hasStatus(ground, message, 'failed')).failure).toBe('Harbor Chat is disconnected')
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
