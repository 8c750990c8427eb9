import {
  AppApiRefusal,
  ageOneHour,
  aNewMessage,
  aSender,
  dropSignature,
  futureDate,
  HookReceiver,
  shiftDate,
  startTestWorld,
  type TestWorld,
  wrongDigest,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world?.stop())

describe('a world', () => {
  test('has accounts that know nothing of each other', async () => {
    const [a, b] = [await world.anAccount(), await world.anAccount()]
    expect((await a.asManager()).me).toMatchObject({
      user: { id: a.manager.id, role: 'manager' },
      account: { id: a.id },
    })
    expect((await b.asAdmin()).me).toMatchObject({ user: { id: b.admin.id, role: 'admin' }, account: { id: b.id } })
  })

  test('its clock is the server’s, and sessions end by it', async () => {
    const own = await startTestWorld({ clock: new Date('2026-03-03T10:15:30Z') })
    try {
      const manager = await (await own.anAccount()).asManager()
      await own.clock.jump(31 * 24 * 60 * 60_000)
      await expect(manager.listChats()).rejects.toMatchObject({ status: 401, code: 'not_logged_in' })
      await expect(manager.listChats()).rejects.toBeInstanceOf(AppApiRefusal)
    } finally {
      await own.stop()
    }
  })

  test('restarts where it was, with what it had', async () => {
    const own = await startTestWorld()
    try {
      const channel = await own.aChannel()
      await channel.send(aNewMessage({ text: 'Before' }))
      const { url } = own
      await own.restart()
      await channel.send(aNewMessage({ text: 'After' }))
      expect(own.url).toBe(url)
      expect((await own.messagesOf(channel)).map(({ text }) => text)).toEqual(['Before', 'After'])
    } finally {
      await own.stop()
    }
  })
})

describe('a channel', () => {
  test('answers the ids of what it sent', async () => {
    const channel = await world.aChannel()
    const stored = await channel.send(aNewMessage({ msgid: 'tg-42', text: 'Hi' }))
    expect(stored).toMatchObject({ ref_id: 'tg-42', receiver_id: null })
    expect(await world.messagesOf(channel)).toMatchObject([
      { id: stored.msgid, msgid: 'tg-42', text: 'Hi', status: 'received' },
    ])
  })

  test('signs as in 2017, too', async () => {
    const channel = await world.aChannel()
    expect((await channel.post(aNewMessage(), { scheme: 'body' })).status).toBe(200)
  })

  test.each([
    ['unsigned', dropSignature, 403],
    ['dated an hour ago', ageOneHour, 403],
    ['dated an hour ahead', futureDate, 403],
    ['with the digest of other bytes', wrongDigest, 403],
    ['ten minutes old', shiftDate(-10), 200],
  ] as const)('%s: altered after signing', async (_, alter, status) => {
    const channel = await world.aChannel()
    expect((await channel.post(aNewMessage(), { alter })).status).toBe(status)
  })

  test('serves several accounts', async () => {
    const [a, b] = [await world.anAccount(), await world.anAccount()]
    const channel = await world.aChannel({ accounts: [a, b] })
    await channel.send(aNewMessage({ text: 'To B' }), { account: b })
    expect((await (await a.asManager()).listChats()).items).toEqual([])
    expect((await (await b.asManager()).listChats()).items).toMatchObject([{ lastMessage: { text: 'To B' } }])
  })

  test('can be registered and not connected', async () => {
    const channel = await world.aChannel({ connected: false })
    expect((await channel.post(aNewMessage())).status).toBe(404)
    expect((await channel.connect()).status).toBe(200)
    expect((await channel.post(aNewMessage())).status).toBe(200)
    expect((await channel.disconnect()).status).toBe(200)
    expect((await channel.post(aNewMessage())).status).toBe(404)
  })
})

describe('a hook receiver', () => {
  async function aReply(hook: HookReceiver) {
    const channel = await world.aChannel({ hook })
    const { conversation_id: chatId } = await channel.send(aNewMessage())
    const manager = await channel.account.asManager()
    await manager.sendText(chatId as never, 'Yes.')
    return channel
  }

  test('shows the hook as it came', async () => {
    const hook = await world.aHookReceiver()
    const channel = await aReply(hook)
    const received = await hook.next()
    expect(received.isSignedBy(channel.secret)).toBe(true)
    expect(received.isSignedBy('f'.repeat(40))).toBe(false)
    expect([received.method, received.attempt]).toEqual(['POST', 1])
    expect(received.json().message.message.text).toBe('Yes.')
  })

  test.each(['drop', 503] as const)(
    'fails on demand (%s), and the next try comes when the clock says so',
    async (answer) => {
      const hook = (await world.aHookReceiver()).answerWith(answer)
      await aReply(hook)
      const first = await hook.next()
      const second = await world.clock.advanceUntil(hook.next())
      expect([second.attempt, second.requestId]).toEqual([2, first.requestId])
      expect(second.body.equals(first.body)).toBe(true)
    },
  )

  test('says what did not come', async () => {
    const hook = await HookReceiver.start()
    await expect(hook.next(20)).rejects.toThrow(/hook 1 did not come .* in 20 ms \(0 came\)/)
    await hook.stop()
  })
})

describe('an event stream', () => {
  test('tells of what happens, and resumes after a number', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const stream = await manager.openStream({ after: 0 })
    await channel.send(aNewMessage({ text: 'one' }))
    const first = await stream.waitForEvent((event) => event.message?.text === 'one')
    expect(first.type).toBe('message.received')
    await stream.waitForEvent('notification.created')
    const seen = stream.lastSeq
    stream.close()

    await channel.send(aNewMessage({ text: 'two', sender: aSender({ name: 'Omar' }) }))
    const resumed = await manager.openStream({ lastEventId: seen })
    await resumed.waitForEvent((event) => event.message?.text === 'two')
    expect(resumed.events.every(({ seq }) => seq > seen)).toBe(true)
    resumed.close()
  })

  test('says what came instead', async () => {
    const channel = await world.aChannel()
    const stream = await (await channel.account.asManager()).openStream()
    await expect(stream.waitForEvent('lead.accepted', 20)).rejects.toThrow(/no such event in 20 ms \(none came\)/)
    stream.close()
  })
})

describe('a network line', () => {
  test('is cut and mended', async () => {
    const line = await world.aNetworkLine()
    const look = () =>
      fetch(`${line.url}/healthz`).then(
        ({ status }) => status,
        () => 'no answer',
      )
    expect(await look()).toBe(200)
    line.cut()
    expect(await look()).toBe('no answer')
    line.mend()
    expect(await look()).toBe(200)
  })
})
