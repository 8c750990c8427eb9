import type { ChatId, NotificationSettingsChange, PushState } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  PushReceiver,
  startTestWorld,
  type TestSubscription,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let world: TestWorld
let pushes: PushReceiver
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  pushes = await PushReceiver.start()
  return () => pushes.stop()
})

const subscribe = (client: AppClient, browser: TestSubscription) => client.post<PushState>('/push/browsers', browser)
const change = (client: AppClient, settings: NotificationSettingsChange) =>
  client.patch('/notification-settings', settings)
const nextPush = () => world.clock.advanceUntil(pushes.next(10_000))
/** How many pushes wait to be sent in this world; other tests leave none. */
const waiting = async () => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from push_delivery`.execute(world.deps.db)
  return rows[0]!.n
}
/** Nothing waits, and everything that happened was looked at by the follower. */
async function isQuiet(): Promise<boolean> {
  await world.clock.advance(1000)
  const { rows } = await sql<{ behind: number }>`
    select count(*) as behind from account_seq s
    left join event_cursor c on c.account_id = s.account_id and c.follower = 'pushes'
    where s.last_seq > coalesce(c.seq, 0)`.execute(world.deps.db)
  return rows[0]!.behind === 0 && (await waiting()) === 0
}

/** A manager whose browser gets pushes, and a client who writes. */
async function aManagerWhoIsAway() {
  const channel = await world.aChannel()
  const manager = await channel.account.manager.logIn()
  const browser = pushes.aBrowser()
  await subscribe(manager, browser)
  const sender = aSender({ name: 'Nora Lind' })
  const write = (text: string) => channel.send(aNewMessage({ text, sender, conversation_id: `of-${sender.id}` }))
  return { channel, manager, browser, write }
}

describe('a push', () => {
  test('tells a browser nobody looks at what came, encrypted for it and signed by this server', async () => {
    const { manager, write } = await aManagerWhoIsAway()
    const ids = await write('Is the blue one still there?')
    const { payload, headers, key, token } = await nextPush()
    expect(payload).toMatchObject({
      title: 'New lead: Nora Lind',
      text: 'Is the blue one still there?',
      unread: 1,
      url: expect.stringContaining(`c=${ids.conversation_id}`),
    })
    expect(headers).toMatchObject({ urgency: 'high', ttl: String(12 * 3600), topic: payload.tag })
    expect(key).toBe((await manager.get<PushState>('/push')).publicKey)
    expect(token.sub).toMatch(/^mailto:/)
    await waitUntil('nothing waits', isQuiet)
  })

  test('of one chat takes the place of the one before', async () => {
    const { manager, write } = await aManagerWhoIsAway()
    const ids = await write('First')
    const first = await nextPush()
    await manager.readChat(ids.conversation_id as ChatId)
    await write('Second')
    const second = await nextPush()
    expect(second.payload).toMatchObject({ title: 'Nora Lind', text: 'Second', tag: first.payload.tag })
  })

  test('hides the text of who wants it hidden, and speaks his language', async () => {
    const { channel, manager, write } = await aManagerWhoIsAway()
    await change(manager, { hideText: true })
    await sql`update account set language = 'ru' where id = ${channel.account.id}`.execute(world.deps.db)
    await write('A secret')
    const { payload } = await nextPush()
    expect(payload).toMatchObject({ title: 'Новая заявка', text: '' })
    expect(JSON.stringify(payload)).not.toContain('secret')
  })

  test('can be tried out', async () => {
    const { manager } = await aManagerWhoIsAway()
    await manager.post('/push/test')
    expect((await nextPush()).payload.title).toBe('Notifications work')
    const nobody = await (await world.anAccount()).asManager()
    expect((await nobody.request('POST', '/push/test')).status).toBe(404)
  })
})

describe('nothing is pushed', () => {
  test.each<[string, (client: AppClient, chatId: ChatId) => Promise<unknown>]>([
    ['that was read meanwhile', (client, chatId) => client.readChat(chatId)],
    ['while he looks at a screen', (client) => client.post('/screen', { isVisible: true })],
  ])('%s', async (_, act) => {
    const { manager, write } = await aManagerWhoIsAway()
    const ids = await write('Hello')
    await act(manager, ids.conversation_id as ChatId)
    await waitUntil('nothing waits', isQuiet)
    expect(pushes.count).toBe(0)
  })

  test.each<[string, NotificationSettingsChange]>([
    ['of a kind that is not to be', { kinds: { incoming_lead: { desktop: false } } }],
    ['in his quiet hours', { quiet: { isOn: true, from: 0, to: 1439, days: [1, 2, 3, 4, 5, 6, 7] }, timeZone: 'UTC' }],
  ])('%s', async (_, settings) => {
    const { manager, write } = await aManagerWhoIsAway()
    await change(manager, settings)
    await write('Hello')
    await waitUntil('nothing waits', isQuiet)
    expect(pushes.count).toBe(0)
  })

  test('once the screen has been left for a while, it is again', async () => {
    const { manager, write } = await aManagerWhoIsAway()
    await manager.post('/screen', { isVisible: true })
    await world.clock.jump(46_000)
    await write('Hello')
    expect((await nextPush()).payload.text).toBe('Hello')
  })

  test('to who logged out, or whose session was ended', async () => {
    const { channel, manager, write } = await aManagerWhoIsAway()
    await manager.request('DELETE', '/session')
    await write('Hello')
    await waitUntil('nothing waits', isQuiet)
    expect(pushes.count).toBe(0)
    const again = await channel.account.manager.logIn()
    expect((await again.get<PushState>('/push')).browsers).toEqual([])
  })

  test('to a browser that another user has now', async () => {
    const { browser, write } = await aManagerWhoIsAway()
    const stranger = await (await world.anAccount()).manager.logIn()
    await subscribe(stranger, browser)
    await write('Not for the stranger')
    await waitUntil('nothing waits', isQuiet)
    expect(pushes.count).toBe(0)
  })
})

describe('a push service', () => {
  test('that is overloaded is asked again, when it says', async () => {
    const { write } = await aManagerWhoIsAway()
    pushes.answerWith({ status: 503 }, { status: 429, headers: { 'retry-after': '600' } })
    await write('Hello')
    const startedAt = world.now().getTime()
    for (let tries = 0; tries < 2; tries += 1) await nextPush()
    await waitUntil('it is put off', async () => {
      const { rows } = await sql`select from push_delivery where attempts = 2 and leased_until is null`.execute(
        world.deps.db,
      )
      return rows.length === 1
    })
    await world.clock.jump(500_000)
    expect((await nextPush()).payload.text).toBe('Hello')
    expect(world.now().getTime() - startedAt).toBeGreaterThan(600_000)
    expect(pushes.count).toBe(3)
  })

  test.each([404, 410])('that answers %i is not asked any more', async (status) => {
    const { manager, write } = await aManagerWhoIsAway()
    pushes.answerWith({ status })
    await write('Hello')
    await nextPush()
    await waitUntil('nothing waits', isQuiet)
    expect((await manager.get<PushState>('/push')).browsers).toEqual([])
  })

  test('that refuses for good is not asked again for this one', async () => {
    const { manager, write } = await aManagerWhoIsAway()
    pushes.answerWith({ status: 400 })
    await write('Hello')
    await nextPush()
    await waitUntil('nothing waits', isQuiet)
    expect(pushes.count).toBe(1)
    expect((await manager.get<PushState>('/push')).browsers).toHaveLength(1)
  })
})

describe('browsers', () => {
  test('subscribe twice and are one; can be looked at and sent away', async () => {
    const { channel, manager, browser } = await aManagerWhoIsAway()
    const { browsers } = await subscribe(manager, browser)
    expect(browsers).toMatchObject([{ isThis: true }])
    const elsewhere = await channel.account.manager.logIn()
    await subscribe(elsewhere, pushes.aBrowser())
    expect((await elsewhere.get<PushState>('/push')).browsers).toMatchObject([{ isThis: true }, { isThis: false }])
    const colleague = await channel.account.asAdmin()
    const path = `/push/browsers/${browsers[0]!.id}`
    expect((await colleague.request('DELETE', path)).status).toBe(404)
    expect((await elsewhere.request('DELETE', path)).status).toBe(204)
    await elsewhere.post('/push/unsubscribe', { endpoint: browser.endpoint })
    expect((await elsewhere.get<PushState>('/push')).browsers).toHaveLength(1)
  })

  test.each([
    ['an endpoint that is none', { endpoint: 'ftp://x', keys: { p256dh: 'AAAA', auth: 'AAAA' } }, 'endpoint'],
    [
      'a key that is too short',
      { endpoint: 'https://push.example', keys: { p256dh: 'AAAA', auth: 'A' } },
      'keys.p256dh',
    ],
    [
      'a key that is no point of the curve',
      {
        endpoint: 'https://push.example',
        keys: { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: Buffer.alloc(16).toString('base64url') },
      },
      'keys.p256dh',
    ],
  ])('with %s are refused', async (_, body, field) => {
    const manager = await (await world.anAccount()).asManager()
    const answer = await manager.request('POST', '/push/browsers', body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { details: { field } } })
  })
})

test('the key browsers know this server by outlives a restart', async () => {
  const own = await startTestWorld()
  const key = async () => (await (await (await own.anAccount()).asManager()).get<PushState>('/push')).publicKey
  const before = await key()
  await own.restart()
  expect(await key()).toBe(before)
  await own.stop()
})

test('without leave to call private addresses, an endpoint at one is never asked', async () => {
  const own = await startTestWorld({ env: { PARLEY_ALLOW_PRIVATE_NETWORK: 'off' } })
  const manager = await (await own.anAccount()).manager.logIn()
  const browser = pushes.aBrowser()
  for (const endpoint of [browser.endpoint, browser.endpoint.replace('http:', 'https:')]) {
    await manager.post('/push/browsers', { ...browser, endpoint })
    await manager.post('/push/test')
    await waitUntil('the browser is dropped', async () => {
      await own.clock.advance(1000)
      return (await manager.get<PushState>('/push')).browsers.length === 0
    })
  }
  expect(pushes.count).toBe(0)
  await own.stop()
})
